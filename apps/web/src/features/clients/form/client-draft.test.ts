// @vitest-environment node
import { readFileSync } from 'node:fs';
import { redirectUriNotices } from '@latchkey/domain/redirect-uri';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLines, draftFaults, type DraftRules, emptyDraft, formOf } from './client-draft.ts';
import { noticesByLine } from './redirect-uri-notices.ts';

const rules: DraftRules = {
  choices: {
    roles: [{ id: 'runner', name: 'Runner' }],
    divisions: [{ id: 'home', name: 'Home' }],
    scopes: [{ id: 'users:readonly' }],
    severalGrantTypes: true,
  },
  capabilities: { scopesNarrowRoles: true },
  held: [{ roleId: 'runner', divisionId: 'home' }],
  notHeld: { message: 'Not held.', remedy: 'Remove it.' },
};
const draft = {
  ...emptyDraft(null),
  name: 'A client',
  grantTypes: ['CODE' as const],
  scopes: ['users:readonly'],
  redirectUris: ['https://app.example.com/cb'],
};

describe('the form of a client', () => {
  it('has no fault when all is filled in', () => {
    expect(draftFaults(draft, rules)).toEqual([]);
  });

  it('sends every line as it was typed, and no empty ones', () => {
    const redirectUris = ['', 'https://APP.example.com/Ä', '  ', ' https://x.example ', ''];
    expect(formOf({ ...draft, redirectUris }, rules.capabilities).redirectUris).toEqual([
      'https://APP.example.com/Ä',
      ' https://x.example ',
    ]);
  });

  it('names the line of the form, where empty lines count', () => {
    const redirectUris = ['', 'https://a.example/cb', '', 'http://b.example/cb'];
    expect(draftFaults({ ...draft, redirectUris }, rules).map(({ field }) => field)).toEqual(['redirectUris.3']);
  });

  it('says of 126 lines that they are too many, and of empty ones nothing', () => {
    const redirectUris = Array.from({ length: 125 }, (_, index) => `https://app${index}.example.com/cb`);
    expect(draftFaults({ ...draft, redirectUris: [...redirectUris, '', ''] }, rules)).toEqual([]);
    const [fault] = draftFaults({ ...draft, redirectUris: [...redirectUris, 'https://more.example.com/cb'] }, rules);
    expect(fault).toMatchObject({ field: 'redirectUris', reason: 'redirect_uri.too_many', values: { count: 126 } });
  });

  it('leaves out what belongs to grant types that are not chosen', () => {
    const all = { ...draft, roleDivisions: [{ roleId: 'runner', divisionId: 'home' }] };
    expect(formOf(all, rules.capabilities)).toMatchObject({ roleDivisions: [], scopes: draft.scopes });
    const machine = { ...all, grantTypes: ['CLIENT-CREDENTIALS' as const] };
    expect(formOf(machine, rules.capabilities)).toMatchObject({ redirectUris: [], roleDivisions: all.roleDivisions });
    expect(formOf(machine, { scopesNarrowRoles: false })).toMatchObject({ scopes: [] });
  });

  it('refuses a role that the person does not hold in the division', () => {
    const roleDivisions = [
      { roleId: 'runner', divisionId: 'home' },
      { roleId: 'runner', divisionId: '*' },
    ];
    const faults = draftFaults({ ...draft, grantTypes: ['CLIENT-CREDENTIALS'], roleDivisions }, rules);
    expect(faults).toMatchObject([{ field: 'roleDivisions.1', reason: 'role.not_held' }]);
  });

  it('asks for a duration while none is typed', () => {
    const faults = draftFaults({ ...draft, accessTokenValiditySeconds: null }, rules);
    expect(faults).toMatchObject([{ reason: 'token_duration.not_number' }]);
  });

  it('gives every example of a redirect URI the verdict of the rule, at its line', () => {
    const corpus = JSON.parse(
      readFileSync(new URL('../../../../../../packages/domain/test/redirect-uris.json', import.meta.url), 'utf8'),
    ) as { uri: unknown; grant: string; verdict: 'accept' | 'reject' }[];
    const typed = corpus.filter(({ uri, grant }) => grant === 'code' && typeof uri === 'string' && uri.trim() !== '');
    expect(typed.length).toBeGreaterThan(100);
    for (const { uri, verdict } of typed) {
      const faults = draftFaults({ ...draft, redirectUris: ['', String(uri)] }, rules);
      expect(
        faults.map(({ field }) => field),
        String(uri),
      ).toEqual(verdict === 'accept' ? [] : ['redirectUris.1']);
    }
  });

  it('leads any fault of a sent line back to a line that has text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('', ' ', 'https://a.example/', 'x')), (redirectUris) => {
        const typed = redirectUris.filter((uri) => uri.trim() !== '');
        const faults = typed.map((_, index) => ({
          field: `redirectUris.${index}`,
          reason: 'r',
          message: 'm',
          remedy: 'x',
        }));
        const lines = atLines(faults, { redirectUris }).map(({ field }) => redirectUris[Number(field.split('.')[1])]);
        expect(lines).toEqual(typed);
      }),
    );
  });
});

describe('the notices of redirect URIs', () => {
  it('are those of the rule, for every line of a list', () => {
    const uris = [
      'https://a.example/',
      'https://a.example:443/',
      'https://a.example/',
      'http://localhost/cb',
      'app://x/y',
      '',
      'nonsense',
    ];
    expect(noticesByLine(uris)).toEqual(uris.map((uri) => redirectUriNotices(uri, uris)));
  });
});
