import { describe, expect, test } from 'vitest';
import {
  isScimRole,
  maxScimTokenSeconds,
  maxTokenSeconds,
  minTokenSeconds,
  scimDefaultRoleId,
  tokenDurationPresets,
  tokenSecondsInForce,
  whyNotTokenDuration,
} from './token-duration.ts';

describe('token duration', () => {
  test.each<[unknown, boolean, string | null]>([
    [299, false, 'token_duration.too_short'],
    [300, false, null],
    [172_800, false, null],
    [172_801, false, 'token_duration.needs_scim_role'],
    [38_880_000, false, 'token_duration.needs_scim_role'],
    [299, true, 'token_duration.too_short'],
    [172_801, true, null],
    [38_880_000, true, null],
    [38_880_001, true, 'token_duration.too_long'],
    [38_880_001, false, 'token_duration.too_long'],
    [3600.5, false, 'token_duration.not_whole'],
    [-1, false, 'token_duration.too_short'],
    [0, false, 'token_duration.too_short'],
    [Infinity, true, 'token_duration.too_long'],
    [2 ** 53, true, 'token_duration.too_long'],
    [3e2, false, null],
    ...['3600', '0x12c', ' 300', null, undefined, true, [], {}, NaN].map((value): [unknown, boolean, string] => [
      value,
      true,
      'token_duration.not_number',
    ]),
  ])('%j with SCIM role %s: %s', (seconds, hasScimRole, refusal) => {
    expect(whyNotTokenDuration(seconds, hasScimRole)).toBe(refusal);
  });

  test('only the identity of the role makes it the SCIM role', () => {
    expect(isScimRole({ defaultRoleId: scimDefaultRoleId })).toBe(true);
    for (const defaultRoleId of [undefined, null, '', 'SCIM', 'admin']) {
      expect(isScimRole(defaultRoleId === undefined ? {} : { defaultRoleId })).toBe(false);
    }
  });

  test('a long duration counts only while the role is there', () => {
    expect(tokenSecondsInForce(maxScimTokenSeconds, true)).toBe(maxScimTokenSeconds);
    expect(tokenSecondsInForce(maxScimTokenSeconds, false)).toBe(maxTokenSeconds);
    expect(tokenSecondsInForce(minTokenSeconds, false)).toBe(minTokenSeconds);
  });

  test('every preset can be chosen by everybody', () => {
    for (const { seconds } of tokenDurationPresets) expect(whyNotTokenDuration(seconds, false)).toBeNull();
  });
});
