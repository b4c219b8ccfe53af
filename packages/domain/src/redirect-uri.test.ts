import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import corpus from '../test/redirect-uris.json' with { type: 'json' };
import type { GrantType } from './grant-type.ts';
import {
  matchesRedirectUri,
  maxRedirectUriBytes,
  maxRedirectUris,
  redirectUriFaults,
  redirectUriLines,
  redirectUriNotices,
  redirectUriSentences,
  redirectUrisFromText,
  whyNotRedirectUri,
} from './redirect-uri.ts';

const grantOf: Record<string, GrantType> = {
  code: 'CODE',
  'client-credentials': 'CLIENT-CREDENTIALS',
  'saml2-bearer': 'SAML2-BEARER',
  implicit: 'TOKEN',
};

describe('registration', () => {
  test('has examples to try', () => expect(corpus.length).toBeGreaterThan(100));

  test.each(
    corpus.map((entry) => [entry.verdict, entry.grant, JSON.stringify(entry.uri).slice(0, 90), entry] as const),
  )('%ss for %s: %s', (_verdict, _grant, _uri, entry) => {
    const refusal = whyNotRedirectUri(entry.uri, [grantOf[entry.grant] as GrantType]);
    expect(refusal === null ? 'accept' : 'reject', `${refusal} / ${entry.reason}`).toBe(entry.verdict);
  });

  test.each([
    [undefined, 'not_text'],
    [42, 'not_text'],
    [null, 'not_text'],
    [['https://app.example.com/cb'], 'not_text'],
    ['', 'empty'],
    ['https://app.example.com/\ud800', 'character'],
    ['/callback', 'relative'],
    ['app.example.com/cb', 'relative'],
    ['https://app.example.com/cb#x', 'fragment'],
    ['https://app.example.com/%zz', 'percent_encoding'],
    ['https://app.example.com/%0d%0aX', 'encoded_control'],
    ['https://app.example.com/%7f', 'encoded_control'],
    ['JAVASCRIPT:alert(1)', 'scheme_blocked'],
    ['Https://app.example.com/', 'scheme_case'],
    ['mine:callback', 'scheme_form'],
    ['https://a@app.example.com/', 'user_info'],
    ['https://app.example.com/a/../b', 'dot_segment'],
    ['https://app.example.com/a/%2E%2e/b', 'dot_segment'],
    ['https://app.example.com/a%2f..%2fb', 'dot_segment'],
    ['https://app.example.com/./b', 'dot_segment'],
    ['myapp:/a/..', 'dot_segment'],
    ['https://app.example.com/cb?code=1', 'reserved_parameter'],
    ['https://app.example.com/cb?a=1&%73tate=1', 'reserved_parameter'],
    ['https://app.example.com/cb?iss', 'reserved_parameter'],
    ['https:/app.example.com/cb', 'host_missing'],
    ['https://App.example.com/cb', 'host_case'],
    ['https://0x7f.1/cb', 'host_form'],
    ['https://127.1/cb', 'host_form'],
    ['https://app.example.com,evil.example/cb', 'host_form'],
    ['https://xn--/cb', 'host_form'],
    ['https://xn--a.example.com/cb', 'host_form'],
    ['https://xn--99999999.example/cb', 'host_form'],
    ['https://[::ffff:127.0.0.1]/cb', 'host_form'],
    ['https://app.example.com:080/cb', 'port'],
    ['https://app.example.com:65536/cb', 'port'],
    ['http://app.example.com/cb', 'not_https'],
    ['httpx://app/cb', 'scheme_like_http'],
    ['htps://app/cb', 'scheme_like_http'],
    ['htpts://app/cb', 'scheme_like_http'],
    ['myapp://', 'scheme_alone'],
    ['https://app.example.com/cb[1]', 'character'],
  ])('%j is refused as redirect_uri.%s', (uri, reason) => {
    expect(whyNotRedirectUri(uri, ['CODE'])).toBe(`redirect_uri.${reason}`);
  });

  test.each([
    'https://app.example.com',
    'https://app.example.com:443/cb',
    'com.example.app:/',
    'https://a_b.example.com/',
  ])('%s is accepted', (uri) => expect(whyNotRedirectUri(uri, ['CODE'])).toBeNull());

  test('of several grant types one that accepts is enough, and Client Credentials alone takes none', () => {
    const loopback = 'http://localhost:3000/callback';
    expect(whyNotRedirectUri(loopback, ['CLIENT-CREDENTIALS', 'CODE'])).toBeNull();
    expect(whyNotRedirectUri(loopback, ['SAML2-BEARER'])).toBe('redirect_uri.http_needs_code');
    expect(whyNotRedirectUri('myapp://cb', ['CLIENT-CREDENTIALS', 'SAML2-BEARER'])).toBe(
      'redirect_uri.scheme_needs_code',
    );
    expect(whyNotRedirectUri('https://app.example.com/', ['CLIENT-CREDENTIALS', 'SAML2-BEARER'])).toBeNull();
    expect(whyNotRedirectUri('https://app.example.com/', ['CLIENT-CREDENTIALS'])).toBe('redirect_uri.not_for_grant');
  });

  test('the length counts in bytes', () => {
    const base = 'https://app.example.com/';
    expect(whyNotRedirectUri(base + 'a'.repeat(maxRedirectUriBytes - base.length), ['CODE'])).toBeNull();
    expect(whyNotRedirectUri(base + 'a'.repeat(maxRedirectUriBytes - base.length + 1), ['CODE'])).toBe(
      'redirect_uri.too_long',
    );
    expect(whyNotRedirectUri(base + 'é'.repeat(1_020), ['CODE'])).toBe('redirect_uri.too_long');
  });

  test('an accepted web address is one that the browser leaves as it is, whatever is tried', () => {
    const piece = fc.constantFrom(
      'https',
      'http',
      '://',
      ':',
      '/',
      'localhost',
      'a.example',
      '%41',
      '..',
      '@',
      '?',
      'x=1',
      '[::1]',
      '1',
      '127.0.0.1',
      '.',
      '-',
      'A',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
          fc.webUrl(),
          fc.string(),
        ),
        (uri) => {
          if (whyNotRedirectUri(uri, ['CODE']) !== null || !/^https?:/.test(uri)) return;
          const url = new URL(uri);
          expect(uri.startsWith(`${url.protocol}//${url.hostname}`)).toBe(true);
          expect([url.username, url.password, url.hash]).toEqual(['', '', '']);
          expect(url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('hostile lines are judged in linear time', () => {
    const hostile = ['%41', '/.', '?a=', '.', '[', 'a:', '&', '//', 'xn--', '-'].map((bit) =>
      `https://a/${bit.repeat(2_048)}`.slice(0, 2_048),
    );
    const started = performance.now();
    for (let round = 0; round < 12; round += 1) redirectUriFaults(hostile, ['CODE']);
    whyNotRedirectUri('https://a/?' + 'a=%'.repeat(50_000), ['CODE']);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('a list', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `https://app.example.com/${index}`);

  test('of 125 is accepted, and of 126 refused with the count', () => {
    expect(redirectUriFaults(many(maxRedirectUris), ['CODE'])).toEqual([]);
    const [fault, ...others] = redirectUriFaults(many(126), ['CODE']);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ field: 'redirectUris', reason: 'redirect_uri.too_many' });
    expect(fault?.message).toContain('126');
  });

  test('names a duplicate with both places, also among too many', () => {
    const faults = redirectUriFaults([...many(125), 'https://app.example.com/3'], ['CODE'], 'registeredRedirectUri');
    expect(faults.map(({ field, reason }) => [field, reason])).toEqual([
      ['registeredRedirectUri', 'redirect_uri.too_many'],
      ['registeredRedirectUri.125', 'redirect_uri.duplicate'],
    ]);
    expect(faults[1]?.values).toEqual({ position: 126, first: 4 });
  });

  test('reports all bad lines together and never repeats what was typed', () => {
    const bad = ['https://ok.example/', 'http://canary.example/', 'https://u:canary@app.example.com/', 'canary'];
    const faults = redirectUriFaults(bad, ['CODE']);
    expect(faults.map(({ field }) => field)).toEqual(['redirectUris.1', 'redirectUris.2', 'redirectUris.3']);
    expect(JSON.stringify(faults)).not.toContain('canary');
  });

  test('every refusal has its sentences', () => {
    for (const { message, remedy } of Object.values(redirectUriSentences)) {
      expect(message + remedy).not.toContain('!');
      expect(message.endsWith('.') && remedy.endsWith('.')).toBe(true);
    }
  });
});

describe('a text with one address per line', () => {
  test('loses its blank lines and nothing else', () => {
    expect(redirectUrisFromText('https://a.example/\r\n\r\n  \nhttps://b.example/ \n')).toEqual([
      'https://a.example/',
      'https://b.example/ ',
    ]);
    expect(redirectUriLines('\n\nmyapp:/x')).toEqual([{ line: 3, uri: 'myapp:/x' }]);
    expect(redirectUriFaults(redirectUrisFromText('\thttps://a.example/'), ['CODE'])[0]?.reason).toBe(
      'redirect_uri.surrounding_space',
    );
  });
});

describe('notices', () => {
  test.each([
    ['http://localhost:3000/cb', [], ['localhost_name']],
    ['http://127.0.0.1/cb', [], []],
    ['myapp://oauth/callback', [], ['short_private_scheme']],
    ['com.example.app:/cb', [], []],
    ['https://xn--bcher-kva.example/cb', [], ['punycode']],
    ['https://a.example:443/cb', ['https://a.example/cb'], ['same_as']],
    ['https://a.example', ['https://a.example', 'https://a.example/'], ['same_as']],
    ['https://a.example/cb?next=https%3A%2F%2Fb.example', [], ['url_in_query']],
    ['https://a.example/#', [], []],
  ])('%s among %j has %j', (uri, others, notices) => {
    expect(redirectUriNotices(uri, others)).toEqual(notices.map((name) => `redirect_uri.${name}`));
  });
});

describe('matching at authorization time', () => {
  const app = 'https://yourapp.com/callback';
  test.each([
    [app, app, true],
    [app, 'https://yourapp.com/Callback', false],
    [app, 'https://yourapp.com/callback/', false],
    [app, 'https://yourapp.com/callback?x=1', false],
    [app, 'https://yourapp.com/callback#x', false],
    [app, 'https://yourapp.com:443/callback', false],
    [app, 'https://YOURAPP.com/callback', false],
    [app, 'HTTPS://yourapp.com/callback', false],
    [app, 'http://yourapp.com/callback', false],
    [app, 'https://yourapp.com/callback/../callback', false],
    [app, 'https://yourapp.com/%63allback', false],
    [app, 'https://yourapp.com/callback%00', false],
    [app, 'https://yourapp.com.evil.example/callback', false],
    [app, 'https://yourapp.com@evil.example/callback', false],
    [app, 'https://evil.example/https://yourapp.com/callback', false],
    [app, ` ${app}`, false],
    [app, `${app} `, false],
    [app, `${app}\t`, false],
    [app, `${app}\n`, false],
    [app, '', false],
    ['https://app.example.com/cb?tenant=42', 'https://app.example.com/cb?tenant=42', true],
    ['https://app.example.com/cb?tenant=42', 'https://app.example.com/cb', false],
    ['http://localhost/callback', 'http://localhost:51004/callback', true],
    ['http://localhost:3000/callback', 'http://localhost:4000/callback', true],
    ['http://localhost:3000/callback', 'http://localhost/callback', true],
    ['http://localhost:3000/callback', 'http://localhost:4000/callback\n', false],
    ['http://localhost:3000/callback', 'http://localhost:/callback', false],
    ['http://localhost:3000/callback', 'http://localhost:0/callback', false],
    ['http://localhost:3000/callback', 'http://127.0.0.1:3000/callback', false],
    ['http://localhost:3000/callback', 'http://localhost:3000/other', false],
    ['http://localhost:3000/callback', 'https://localhost:3000/callback', false],
    ['http://localhost:3000/callback', 'http://localhost:99999/callback', false],
    ['http://localhost:3000/callback', 'http://localhost:3000@evil.example/callback', false],
    ['http://localhost', 'http://localhost:4000', true],
    ['http://localhost', 'http://localhost.evil.example', false],
    ['http://[::1]/callback', 'http://[::1]:61023/callback', true],
    ['https://localhost:8443/callback', 'https://localhost:9443/callback', false],
    ['myapp://oauth/callback', 'myapp://oauth/callback', true],
    ['myapp://oauth/callback', 'myapp://oauth:8080/callback', false],
    ['myapp://oauth/callback', 'MYAPP://oauth/callback', false],
  ])('registered %j, requested %j: %s', (registered, requested, verdict) => {
    expect(matchesRedirectUri(registered, requested)).toBe(verdict);
  });

  test('two different addresses match only as http loopback with the same path', () => {
    const uri = fc.oneof(
      fc.webUrl(),
      fc.constantFrom('http://localhost:1/a', 'http://localhost/a', 'http://127.0.0.1:2/a', 'http://[::1]/a'),
    );
    fc.assert(
      fc.property(uri, uri, (registered, requested) => {
        expect(matchesRedirectUri(registered, registered)).toBe(true);
        if (registered === requested || !matchesRedirectUri(registered, requested)) return;
        const [a, b] = [new URL(registered), new URL(requested)];
        expect([a.protocol, a.hostname, a.pathname]).toEqual(['http:', b.hostname, b.pathname]);
      }),
    );
  });
});
