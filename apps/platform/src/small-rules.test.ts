import { expect, test } from 'vitest';
import { formTarget } from './authorization-server/form-targets.ts';
import { permissionsOf } from './bearer.ts';
import { addressKey } from './limits/limiter.ts';
import { durationText } from './sign-in/duration.ts';
import { hashPassword, passwordMatches } from './sign-in/password-hash.ts';

test('policies give the permissions of the vocabulary, with * for a whole segment', () => {
  expect([...permissionsOf([{ domain: 'oauth', entityName: 'client', actionSet: ['view', 'edit'] }])]).toEqual([
    'oauth:client:view',
    'oauth:client:edit',
  ]);
  expect(permissionsOf([{ domain: '*', entityName: '*', actionSet: ['*'] }]).size).toBeGreaterThan(10);
  expect([...permissionsOf([{ domain: 'oauth', entityName: '*', actionSet: ['delete'] }])]).toEqual([
    'oauth:client:delete',
    'oauth:token:delete',
  ]);
  expect(permissionsOf([{ domain: 'routing', entityName: 'queue', actionSet: ['view'] }]).size).toBe(0);
});

test('limits count an IPv6 subscriber by their /64 and an IPv4 address by itself (B-04)', () => {
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe(addressKey('2001:0DB8:1:2::99'));
  expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
  expect(addressKey('::1')).toBe('0:0:0:0');
  expect(addressKey('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(addressKey('fe80::1%eth0')).toBe('fe80:0:0:0');
});

test.each([
  [3_600, '1 hour'],
  [5_400, '1 hour 30 minutes'],
  [64_800, '18 hours'],
  [301, '5 minutes 1 second'],
  [38_880_000, '450 days'],
])('%i seconds are %s', (seconds, text) => expect(durationText(seconds)).toBe(text));

test.each([
  ['https://app.example.com/cb', 'https://app.example.com'],
  ['http://localhost:3000/cb', 'http://localhost:3000'],
  ['http://[::1]:3000/cb', 'http:'],
  ['myapp://oauth/cb', 'myapp:'],
  ['nonsense', null],
  [undefined, null],
])('a form that ends at %s may go to %s', (uri, target) => expect(formTarget(uri)).toBe(target));

test('a password matches its own hash only, and each hash has a salt of its own', async () => {
  const [one, two] = [await hashPassword('pass wörd'), await hashPassword('pass wörd')];
  expect(one).not.toBe(two);
  expect(one).not.toContain('pass');
  expect(await passwordMatches('pass wörd', one)).toBe(true);
  expect(await passwordMatches('pass wo\u0308rd', two)).toBe(true);
  expect(await passwordMatches('Pass wörd', one)).toBe(false);
  expect(await passwordMatches('', null)).toBe(false);
});
