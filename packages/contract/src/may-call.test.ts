import { describe, expect, it } from 'vitest';
import { mayCall, missingFor } from './may-call.ts';

const holding = (...permissions: Parameters<Set<'oauth:client:view' | 'oauth:client:edit'>['add']>[0][]) => ({
  permissions: new Set(permissions),
});

describe('mayCall', () => {
  it('lets anyone call a row for anyone, signed in or not', () => {
    expect(mayCall({ permission: 'anyone' }, null)).toBe(true);
    expect(mayCall({ permission: 'anyone' }, holding())).toBe(true);
  });

  it('lets nobody who is not signed in call anything else', () => {
    expect(mayCall({ permission: 'signed-in' }, null)).toBe(false);
    expect(mayCall({ permission: 'oauth:client:view' }, null)).toBe(false);
  });

  it('asks for the one permission, for all of several, or for any of several', () => {
    const both = ['oauth:client:view', 'oauth:client:edit'] as const;
    expect(mayCall({ permission: 'oauth:client:view' }, holding('oauth:client:view'))).toBe(true);
    expect(mayCall({ permission: 'oauth:client:edit' }, holding('oauth:client:view'))).toBe(false);
    expect(mayCall({ permission: { allOf: both } }, holding('oauth:client:view'))).toBe(false);
    expect(mayCall({ permission: { allOf: both } }, holding(...both))).toBe(true);
    expect(mayCall({ permission: { anyOf: both } }, holding('oauth:client:edit'))).toBe(true);
    expect(mayCall({ permission: { anyOf: both } }, holding())).toBe(false);
  });

  it('names what is missing', () => {
    expect(missingFor({ allOf: ['oauth:client:view', 'oauth:client:edit'] }, holding('oauth:client:view'))).toEqual([
      'oauth:client:edit',
    ]);
    expect(missingFor('oauth:client:edit', null)).toBeNull();
  });
});
