// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { grantFor } from './help-to-choose.tsx';
import { canGive, chosenRoles, firstDivision, rolesFound, settledDivisions, withRole } from './roles-choice.ts';
import { readOnlyVariant, scopesFound } from './scopes-choice.ts';
import { secondsOf, unitFor } from './token-duration.ts';

const divisions = [
  { id: 'home', name: 'Home', home: true },
  { id: 'sales', name: 'Sales', home: false },
];
const aRole = (id: string, heldIn: string[], description = '') => ({
  id,
  name: id,
  description,
  defaultRoleId: null,
  heldIn,
  permissions: null,
  broad: false,
});

describe('roles', () => {
  it('begin in Home where the person holds the role there, else where they hold it', () => {
    expect(firstDivision({ heldIn: ['*'] }, divisions)).toBe('home');
    expect(firstDivision({ heldIn: ['sales', 'home'] }, divisions)).toBe('home');
    expect(firstDivision({ heldIn: ['sales'] }, divisions)).toBe('sales');
    expect(firstDivision({ heldIn: [] }, [])).toBeNull();
  });

  it('can be given where they are held, and everywhere when held everywhere', () => {
    expect(canGive({ heldIn: ['*'] }, 'sales')).toBe(true);
    expect(canGive({ heldIn: ['home'] }, 'sales')).toBe(false);
    expect(canGive({ heldIn: ['home'] }, '*')).toBe(false);
  });

  it('keep their place when their divisions change, and go when they have none', () => {
    const pairs = [
      { roleId: 'a', divisionId: 'home' },
      { roleId: 'b', divisionId: 'home' },
      { roleId: 'a', divisionId: 'sales' },
    ];
    expect(chosenRoles(withRole(pairs, 'a', ['*']))).toEqual([
      { roleId: 'a', divisionIds: ['*'] },
      { roleId: 'b', divisionIds: ['home'] },
    ]);
    expect(withRole(pairs, 'b', ['home', 'sales']).map(({ roleId }) => roleId)).toEqual(['a', 'b', 'b', 'a']);
    expect(chosenRoles(withRole(pairs, 'a', []))).toEqual([{ roleId: 'b', divisionIds: ['home'] }]);
    expect(withRole([], 'c', ['home'])).toEqual([{ roleId: 'c', divisionId: 'home' }]);
  });

  it('apply in all divisions or in some, never in both', () => {
    expect(settledDivisions(['home'], ['home', '*'])).toEqual(['*']);
    expect(settledDivisions(['*'], ['*', 'home'])).toEqual(['home']);
    expect(settledDivisions(['home'], ['home', 'sales'])).toEqual(['home', 'sales']);
  });

  it('are found by all words, those that can be given first', () => {
    const roles = [
      aRole('Admin', [], 'Everything'),
      aRole('Routing Sync', ['home'], 'Reads queues'),
      aRole('Reader', ['home']),
    ];
    expect(rolesFound(roles, '').map(({ id }) => id)).toEqual(['Reader', 'Routing Sync', 'Admin']);
    expect(rolesFound(roles, 'queues SYNC').map(({ id }) => id)).toEqual(['Routing Sync']);
  });
});

describe('scopes', () => {
  const scopes = ['users', 'routing', 'users:readonly', 'routing:readonly', 'user-basic-info'].map((id) => ({
    id,
    description: id,
  }));

  it('come by subject, the read-only variant first', () => {
    expect(scopesFound(scopes, '').map(({ id }) => id)).toEqual([
      'routing:readonly',
      'routing',
      'user-basic-info',
      'users:readonly',
      'users',
    ]);
    expect(scopesFound(scopes, 'rout').map(({ id }) => id)).toEqual(['routing:readonly', 'routing']);
  });

  it('have a read-only variant only where the Platform has one', () => {
    const known = new Set(scopes.map(({ id }) => id));
    expect(readOnlyVariant('users', known)).toBe('users:readonly');
    expect(readOnlyVariant('user-basic-info', known)).toBeNull();
    expect(readOnlyVariant('users:readonly', known)).toBeNull();
  });
});

describe('durations', () => {
  it('are typed in the largest unit that is whole', () => {
    expect([64_800, 172_800, 5_400, 301, 0].map(unitFor)).toEqual(['hours', 'days', 'minutes', 'seconds', 'seconds']);
  });

  it('become seconds without what binary fractions add', () => {
    expect(secondsOf('1.5', 'hours')).toBe(5_400);
    expect(secondsOf(0.1, 'hours')).toBe(360);
    expect(secondsOf(2.3, 'minutes')).toBe(138);
    expect(secondsOf('', 'hours')).toBeNull();
    expect(secondsOf('many', 'hours')).toBeNull();
  });
});

describe('the help to choose a grant type', () => {
  it('leads from two answers to one grant type', () => {
    expect(grantFor(null, null)).toBeNull();
    expect(grantFor('no', null)).toBe('CLIENT-CREDENTIALS');
    expect(grantFor('yes', null)).toBeNull();
    expect(grantFor('yes', 'no')).toBe('CODE');
    expect(grantFor('yes', 'yes')).toBe('SAML2-BEARER');
  });
});
