import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { webSettings } from '../test/a-client.ts';
import { changesBetween, consequencesOf, type Changeable } from './change.ts';
import { mergeSettings } from './merge.ts';

const subset = (...of: string[]) => fc.shuffledSubarray(of);
const changeable = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  description: fc.constantFrom('', 'x', 'y'),
  grantTypes: fc.shuffledSubarray(['CODE', 'CLIENT-CREDENTIALS', 'SAML2-BEARER'] as const),
  roleDivisions: subset('r', 's', 't').map((ids) => ids.map((roleId) => ({ roleId, divisionId: '*' }))),
  scopes: subset('a', 'b', 'c', 'd', 'e'),
  redirectUris: subset('https://a.example/', 'https://b.example/', 'https://c.example/'),
  accessTokenValiditySeconds: fc.constantFrom(300, 3_600, 86_400),
  owner: fc.option(fc.record({ id: fc.constantFrom('p', 'q'), name: fc.constant('Ada') })),
  purpose: fc.constantFrom('', 'z'),
  environment: fc.constantFrom('production', 'test', null),
}) as fc.Arbitrary<Changeable>;

describe('merging two edits', () => {
  test('a side that changed nothing leaves the other as it is', () => {
    fc.assert(
      fc.property(changeable, changeable, (base, edit) => {
        expect(mergeSettings(base, edit, base)).toEqual({ merged: edit, conflicts: [], theirsChanged: [] });
        expect(mergeSettings(base, base, edit)).toMatchObject({ merged: edit, conflicts: [] });
        expect(mergeSettings(base, edit, edit)).toMatchObject({ merged: edit, conflicts: [] });
      }),
    );
  });

  test('nothing is lost: every addition is in, every removal is out, every doubt is a conflict', () => {
    fc.assert(
      fc.property(changeable, changeable, changeable, (base, mine, theirs) => {
        const { merged, conflicts } = mergeSettings(base, mine, theirs);
        for (const field of ['scopes', 'redirectUris', 'grantTypes'] as const) {
          const [was, my, their, is] = [base, mine, theirs, merged].map((side) => new Set<string>(side[field])) as [
            Set<string>,
            Set<string>,
            Set<string>,
            Set<string>,
          ];
          for (const element of was.union(my).union(their)) {
            const stays = was.has(element)
              ? my.has(element) && their.has(element)
              : my.has(element) || their.has(element);
            expect(is.has(element)).toBe(stays);
          }
          expect(merged[field].length).toBe(is.size);
        }
        for (const field of ['name', 'description', 'purpose', 'environment', 'accessTokenValiditySeconds'] as const) {
          const inDoubt = mine[field] !== base[field] && theirs[field] !== base[field] && mine[field] !== theirs[field];
          expect(conflicts.some((conflict) => conflict.field === field)).toBe(inDoubt);
          if (!inDoubt) expect(merged[field]).toBe(mine[field] === base[field] ? theirs[field] : mine[field]);
        }
      }),
    );
  });

  test('both orders give the same lists and the same conflicts', () => {
    fc.assert(
      fc.property(changeable, changeable, changeable, (base, mine, theirs) => {
        const [one, other] = [mergeSettings(base, mine, theirs), mergeSettings(base, theirs, mine)];
        expect(one.conflicts.map(({ field }) => field)).toEqual(other.conflicts.map(({ field }) => field));
        for (const field of ['scopes', 'redirectUris', 'roleDivisions'] as const) {
          expect(
            changesBetween({ ...base, [field]: one.merged[field] }, { ...base, [field]: other.merged[field] }),
          ).toEqual([]);
        }
      }),
    );
  });

  test('names what the other person changed', () => {
    const base = webSettings();
    const merge = mergeSettings(base, { ...base, name: 'Mine' }, { ...base, name: 'Theirs', scopes: [] });
    expect(merge.theirsChanged).toEqual(['name', 'scopes']);
    expect(merge.conflicts).toEqual([{ field: 'name', base: base.name, mine: 'Mine', theirs: 'Theirs' }]);
  });
});

describe('the difference', () => {
  test('is empty for equal versions and names every field that differs', () => {
    fc.assert(
      fc.property(changeable, changeable, (before, after) => {
        expect(changesBetween(before, before)).toEqual([]);
        for (const change of changesBetween(before, after)) {
          if (change.kind === 'set') {
            const had: readonly unknown[] = before[change.field];
            expect(change.added.length + change.removed.length).toBeGreaterThan(0);
            for (const element of change.removed) expect(had).toContainEqual(element);
            for (const element of change.added) expect(had).not.toContainEqual(element);
          } else {
            expect(change.before).not.toBe(change.after);
          }
        }
      }),
    );
  });

  test('says what it will do', () => {
    const before = webSettings({ scopes: ['analytics'] });
    const after = webSettings({
      scopes: ['scim'],
      redirectUris: ['https://new.example/'],
      accessTokenValiditySeconds: 172_800,
    });
    const consequences = consequencesOf(changesBetween(before, after), before, after);
    expect(consequences.map(({ code, items }) => [code, items])).toEqual([
      ['users_authorize_again', ['scim']],
      ['access_added', ['scim']],
      ['access_removed', ['analytics']],
      ['sign_ins_stop', before.redirectUris],
      ['running_tokens_keep_duration', undefined],
      ['long_token', undefined],
    ]);
  });

  test('warns of roles that are taken away and of roles given everywhere', () => {
    const before = webSettings({ grantTypes: ['CODE'], roleDivisions: [{ roleId: 'a', divisionId: 'home' }] });
    const after = webSettings({
      grantTypes: ['CLIENT-CREDENTIALS'],
      roleDivisions: [{ roleId: 'b', divisionId: '*' }],
    });
    const warnings = consequencesOf(changesBetween(before, after), before, after).filter(
      ({ level }) => level === 'warning',
    );
    expect(warnings.map(({ code, items }) => [code, items])).toEqual([
      ['grant_type_removed', ['CODE']],
      ['all_divisions_added', ['b']],
      ['access_removed', ['a']],
    ]);
  });
});
