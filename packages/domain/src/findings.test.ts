import { describe, expect, test } from 'vitest';
import { aClient, webSettings } from '../test/a-client.ts';
import { findingsOf, gradeOf, type FindingFacts } from './findings.ts';

const facts: FindingFacts = { now: new Date('2026-11-21T12:00:00.000Z'), secretCreatedAt: '2026-11-01T00:00:00.000Z' };
const found = (changes: Parameters<typeof aClient>[0], more: Partial<FindingFacts> = {}) =>
  findingsOf(aClient(changes), { ...facts, ...more }).map(({ id }) => id);

describe('findings', () => {
  test.each<[string, Parameters<typeof aClient>[0], Partial<FindingFacts>, string[]]>([
    ['a client in good order', {}, {}, []],
    ['nobody owns it', { owner: null }, {}, ['no_owner']],
    ['nobody knows what for', { purpose: ' ' }, {}, ['no_purpose']],
    ['a role everywhere', { roleDivisions: [{ roleId: 'a', divisionId: '*' }] }, {}, ['all_divisions']],
    ['a broad role', { roleDivisions: [{ roleId: 'a', divisionId: 'home' }] }, { broadRoleIds: ['a'] }, ['broad_role']],
    [
      'a scope with a read-only variant',
      webSettings({ scopes: ['analytics'] }),
      { scopeIds: ['analytics', 'analytics:readonly'] },
      ['write_scopes'],
    ],
    ['ten scopes', webSettings({ scopes: [...'abcdefghij'] }), {}, ['many_scopes']],
    ['a token of a day', { accessTokenValiditySeconds: 86_400 }, {}, []],
    ['a token of more than a day', { accessTokenValiditySeconds: 86_401 }, {}, ['long_token']],
    [
      'a loopback address in production',
      webSettings({ redirectUris: ['http://localhost/'] }),
      {},
      ['loopback_in_production'],
    ],
    [
      'a loopback address elsewhere',
      { ...webSettings({ redirectUris: ['http://localhost/'] }), environment: 'test' },
      {},
      [],
    ],
    ['implicit', webSettings({ grantTypes: ['TOKEN'] }), {}, ['deprecated_grant']],
    ['a secret of 30 days', {}, { secretCreatedAt: '2026-10-22T12:00:00.000Z' }, []],
    ['an older secret', {}, { secretCreatedAt: '2026-10-22T11:59:59.999Z' }, ['old_secret']],
    ['an unknown secret', {}, { secretCreatedAt: null }, []],
    ['no token for 91 days', { dateLastUsed: '2026-08-22T00:00:00.000Z' }, {}, ['unused']],
    ['no token ever', { dateLastUsed: null }, {}, ['unused']],
    ['a new client without a token', { dateLastUsed: null, dateCreated: '2026-11-01T00:00:00.000Z' }, {}, []],
    ['a Platform that does not tell', { dateLastUsed: null }, { usageKnown: false }, []],
  ])('%s', (_title, changes, more, ids) => expect(found(changes, more)).toEqual(ids));

  test('the worst comes first and is the grade', () => {
    const findings = findingsOf(aClient({ purpose: '', owner: null }), {
      ...facts,
      broadRoleIds: new Set(['reporter']),
    });
    expect(findings.map(({ severity }) => severity)).toEqual(['high', 'medium', 'low']);
    expect(gradeOf(findings)).toBe('high');
    expect(gradeOf(findings.slice(1))).toBe('medium');
    expect(gradeOf([])).toBe('none');
  });
});
