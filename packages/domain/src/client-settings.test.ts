import { describe, expect, test } from 'vitest';
import { aClient, serviceSettings, someChoices, webSettings } from '../test/a-client.ts';
import type { ClientSettings } from './client.ts';
import { settingsFaults } from './client-settings.ts';

const reasons = (settings: ClientSettings, before?: ClientSettings, choices = someChoices) =>
  settingsFaults(settings, choices, before).map(({ field, reason }) => `${field}: ${reason}`);

describe('settings', () => {
  test('of a web application and of a service are in order', () => {
    expect(reasons(webSettings())).toEqual([]);
    expect(reasons(serviceSettings())).toEqual([]);
  });

  test.each<[string, Partial<ClientSettings>, string[]]>([
    ['an empty name', { name: '' }, ['name: text.missing']],
    ['a name of blanks', { name: ' \u00a0' }, ['name: text.missing']],
    ['a name of 201 characters', { name: 'a'.repeat(201) }, ['name: text.too_long']],
    ['a description of 1,001 characters', { description: 'a'.repeat(1_001) }, ['description: text.too_long']],
    ['no grant type', { grantTypes: [] }, ['grantTypes: grant_types.missing']],
    ['a grant type twice', { grantTypes: ['CODE', 'CODE'] }, ['grantTypes.1: grant_types.duplicate']],
    ['implicit', { grantTypes: ['TOKEN'] }, ['grantTypes.0: grant_types.deprecated']],
    ['implicit beside code', { grantTypes: ['CODE', 'TOKEN'] }, ['grantTypes.1: grant_types.deprecated']],
    ['password', { grantTypes: ['PASSWORD'] }, ['grantTypes.0: grant_types.deprecated']],
    [
      'roles with code',
      { roleDivisions: [{ roleId: 'reporter', divisionId: 'home' }] },
      ['roleDivisions: roles.not_for_grant'],
    ],
    ['no scope', { scopes: [] }, ['scopes: scopes.missing']],
    ['an unknown scope', { scopes: ['nope', 'analytics'] }, ['scopes.0: scope.unknown']],
    ['a scope in other case', { scopes: ['Analytics'] }, ['scopes.0: scope.unknown']],
    ['a scope with blanks', { scopes: [' analytics', ''] }, ['scopes.0: scope.unknown', 'scopes.1: scope.unknown']],
    ['a scope twice', { scopes: ['analytics', 'analytics'] }, ['scopes.1: scope.duplicate']],
    ['no redirect URI', { redirectUris: [] }, ['redirectUris: redirect_uri.missing']],
    ['a bad redirect URI', { redirectUris: ['https://a.example/', '/cb'] }, ['redirectUris.1: redirect_uri.relative']],
    [
      'a long token',
      { accessTokenValiditySeconds: 172_801 },
      ['accessTokenValiditySeconds: token_duration.needs_scim_role'],
    ],
    [
      'scopes with scim in them',
      { scopes: ['scim'], accessTokenValiditySeconds: 172_801 },
      ['accessTokenValiditySeconds: token_duration.needs_scim_role'],
    ],
  ])('of a web application with %s are refused at the field', (_title, changes, expected) => {
    expect(reasons(webSettings(changes))).toEqual(expected);
  });

  test.each<[string, Partial<ClientSettings>, string[]]>([
    ['no role', { roleDivisions: [] }, ['roleDivisions: roles.missing']],
    [
      'an unknown role',
      { roleDivisions: [{ roleId: 'nope', divisionId: 'home' }] },
      ['roleDivisions.0.roleId: role.unknown'],
    ],
    [
      'a made-up division',
      { roleDivisions: [{ roleId: 'reporter', divisionId: 'moon' }] },
      ['roleDivisions.0.divisionId: division.unknown'],
    ],
    [
      'a role twice in one division',
      {
        roleDivisions: [
          { roleId: 'reporter', divisionId: 'home' },
          { roleId: 'reporter', divisionId: 'sales' },
          { roleId: 'reporter', divisionId: 'home' },
        ],
      },
      ['roleDivisions.2: role.duplicate'],
    ],
    [
      'redirect URIs',
      { redirectUris: ['https://a.example/', 'https://b.example/'] },
      ['redirectUris: redirect_uri.not_for_grant'],
    ],
    [
      'a role that is only named SCIM',
      { accessTokenValiditySeconds: 172_801 },
      ['accessTokenValiditySeconds: token_duration.needs_scim_role'],
    ],
  ])('of a service with %s are refused at the field', (_title, changes, expected) => {
    expect(reasons(serviceSettings(changes))).toEqual(expected);
  });

  test('a role in all divisions is in order, and scopes may narrow it where the Platform can', () => {
    const everywhere = serviceSettings({
      roleDivisions: [{ roleId: 'reporter', divisionId: '*' }],
      scopes: ['analytics'],
    });
    expect(reasons(everywhere)).toEqual([]);
    expect(reasons(everywhere, undefined, { ...someChoices, scopesNarrowRoles: false })).toEqual([
      'scopes: scopes.not_for_grant',
    ]);
  });

  test('the SCIM role allows 450 days, and only with Client Credentials', () => {
    const roleDivisions = [{ roleId: 'scim', divisionId: '*' }];
    const long = serviceSettings({ roleDivisions, accessTokenValiditySeconds: 38_880_000 });
    expect(reasons(long)).toEqual([]);
    expect(reasons({ ...long, accessTokenValiditySeconds: 38_880_001 })).toEqual([
      'accessTokenValiditySeconds: token_duration.too_long',
    ]);
    expect(reasons({ ...long, roleDivisions: serviceSettings().roleDivisions }, long)).toEqual([
      'accessTokenValiditySeconds: token_duration.needs_scim_role',
    ]);
    expect(reasons(webSettings({ roleDivisions, accessTokenValiditySeconds: 172_801 }))).toContain(
      'accessTokenValiditySeconds: token_duration.needs_scim_role',
    );
  });

  test('several grant types are combined where the Platform can, each with its own needs', () => {
    const both = webSettings({ grantTypes: ['CODE', 'CLIENT-CREDENTIALS'] });
    expect(reasons(both)).toEqual(['roleDivisions: roles.missing']);
    const whole = { ...both, roleDivisions: serviceSettings().roleDivisions };
    expect(reasons(whole)).toEqual([]);
    expect(reasons(whole, undefined, { ...someChoices, severalGrantTypes: false })).toEqual([
      'grantTypes: grant_types.only_one',
    ]);
  });

  test('all faults come together', () => {
    expect(reasons(webSettings({ name: '', scopes: [], redirectUris: [], accessTokenValiditySeconds: 1 })).length).toBe(
      4,
    );
  });

  test('a secret in the wrong field is not repeated, but a misspelt scope is named', () => {
    const secret = 'lks_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKl';
    const faults = settingsFaults(
      webSettings({ name: secret.repeat(5), scopes: [secret, 'analitics'], redirectUris: [secret] }),
      someChoices,
    );
    expect(JSON.stringify(faults)).not.toContain('AbCdEfGhIjKl');
    expect(faults.find(({ field }) => field === 'scopes.0')?.message).toContain('position 1');
    expect(faults.find(({ field }) => field === 'scopes.1')?.message).toContain('"analitics"');
  });

  test('10,000 unknown scopes are judged quickly', () => {
    const started = performance.now();
    expect(reasons(webSettings({ scopes: Array.from({ length: 10_000 }, () => 'x') })).length).toBe(19_999);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('a change of an implicit client', () => {
  const implicit = webSettings({
    grantTypes: ['TOKEN'],
    scopes: ['analytics', 'analytics:readonly'],
    redirectUris: ['https://a.example/', 'http://old.example/'],
  });

  test('may narrow it and change its name', () => {
    expect(reasons(implicit, implicit)).toEqual([]);
    expect(
      reasons(
        {
          ...implicit,
          name: 'New',
          scopes: ['analytics:readonly'],
          redirectUris: ['https://a.example/'],
          accessTokenValiditySeconds: 300,
        },
        implicit,
      ),
    ).toEqual([]);
  });

  test('may not widen it', () => {
    const wider = {
      ...implicit,
      scopes: ['scim'],
      redirectUris: ['https://new.example/'],
      accessTokenValiditySeconds: 7_200,
    };
    expect(reasons(wider, implicit)).toEqual([
      'scopes.0: settings.only_narrower',
      'redirectUris.0: settings.only_narrower',
      'accessTokenValiditySeconds: settings.only_narrower',
    ]);
    expect(reasons({ ...implicit, grantTypes: ['TOKEN', 'CODE'] }, implicit)).toEqual([
      'grantTypes: settings.only_narrower',
    ]);
    expect(reasons({ ...implicit, grantTypes: ['TOKEN', 'PASSWORD'] }, implicit)).toEqual([
      'grantTypes.1: grant_types.deprecated',
    ]);
  });

  test('may give first scopes to one that has none', () => {
    expect(reasons({ ...implicit, scopes: ['analytics:readonly'] }, { ...implicit, scopes: [] })).toEqual([]);
  });

  test('may move it to Authorization Code, by the rules of today', () => {
    expect(reasons({ ...implicit, grantTypes: ['CODE'] }, implicit)).toEqual([
      'redirectUris.1: redirect_uri.not_https',
    ]);
    expect(reasons({ ...implicit, grantTypes: ['CODE'], redirectUris: ['https://new.example/'] }, implicit)).toEqual(
      [],
    );
  });

  test('nobody can add implicit to another client', () => {
    expect(reasons({ ...webSettings(), grantTypes: ['CODE', 'TOKEN'] }, webSettings())).toEqual([
      'grantTypes.1: grant_types.deprecated',
    ]);
    expect(reasons({ ...aClient(), grantTypes: ['TOKEN'] }, aClient())).toContain(
      'grantTypes.0: grant_types.deprecated',
    );
  });
});
