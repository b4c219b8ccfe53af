import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  composeSecret,
  looksLikeSecret,
  overlapFor,
  secretHint,
  secretPattern,
  secretPrefix,
  secretRandomBytes,
  secretsAfterGenerating,
  secretStateAt,
  whyNotOverlap,
} from './secret.ts';

describe('the form of a secret', () => {
  test('10,000 secrets are unique, have the form, and each place uses its whole alphabet evenly', () => {
    const secrets = Array.from({ length: 10_000 }, () => composeSecret(randomBytes(secretRandomBytes)));
    expect(new Set(secrets).size).toBe(10_000);
    expect(secrets.every((secret) => secretPattern.test(secret) && looksLikeSecret(secret))).toBe(true);
    for (let place = 0; place < 43; place += 1) {
      const counts = new Map<string, number>();
      for (const secret of secrets) {
        const character = secret.charAt(secretPrefix.length + place);
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
      const expected = 10_000 / 64;
      const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(counts.size).toBe(64);
      // 63 degrees of freedom: 150 is passed by chance once in more than ten million places.
      expect(chiSquare).toBeLessThan(150);
    }
  });

  test('the checksum is CRC-32 in base 62', () => {
    // CRC-32 of the prefix and 43 times "A", by zlib: 3325471419.
    expect(composeSecret(new Uint8Array(33))).toBe(`lks_${'A'.repeat(43)}3d3L1n`);
  });

  test('the checksum catches every changed character', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const bytes = fc.uint8Array({ minLength: 33, maxLength: 33 });
    fc.assert(
      fc.property(bytes, fc.nat(48), fc.nat(63), (random, place, letter) => {
        const secret = composeSecret(random);
        const at = secretPrefix.length + place;
        const changed = secret.slice(0, at) + alphabet.charAt(letter) + secret.slice(at + 1);
        expect(looksLikeSecret(changed)).toBe(changed === secret);
      }),
      { numRuns: 2_000 },
    );
  });

  test('too little randomness is refused', () => {
    expect(() => composeSecret(new Uint8Array(32))).toThrow(RangeError);
  });

  test('other texts do not look like a secret', () => {
    const secret = composeSecret(randomBytes(33));
    for (const text of [
      '',
      'lks_',
      secret.slice(1),
      `${secret} `,
      `${secret}\n`,
      secret.toUpperCase(),
      '0b9c3a52-6f0e-4b8e-9a51-6d0f4a3c2b11',
    ]) {
      expect(looksLikeSecret(text)).toBe(false);
    }
    expect(secretHint(secret)).toBe(secret.slice(-4));
  });
});

describe('how long the old secret goes on', () => {
  test.each([
    ['scheduled', undefined, 86_400],
    ['scheduled', 0, 0],
    ['lost', 604_800, 604_800],
    ['owner-leaving', 604_801, 604_800],
    ['scheduled', -5, 0],
    ['exposed', undefined, 0],
    ['exposed', 86_400, 0],
  ] as const)('%s with %s asked: %d seconds', (reason, asked, seconds) => {
    expect(overlapFor(reason, asked)).toBe(seconds);
  });

  test.each([
    ['scheduled', 0, null],
    ['scheduled', 604_800, null],
    ['scheduled', 604_801, 'overlap.too_long'],
    ['scheduled', -1, 'overlap.negative'],
    ['scheduled', 0.5, 'overlap.not_whole'],
    ['scheduled', '60', 'overlap.not_whole'],
    ['exposed', 1, 'overlap.exposed'],
    ['exposed', 0, null],
  ] as const)('%s with %j: %s', (reason, seconds, refusal) => {
    expect(whyNotOverlap(reason, seconds)).toBe(refusal);
  });

  test('ends to the second', () => {
    const endsAt = '2026-11-21T12:00:00.000Z';
    expect(secretStateAt({ endsAt }, new Date('2026-11-21T11:59:59.999Z'))).toBe('previous');
    expect(secretStateAt({ endsAt }, new Date(endsAt))).toBe('ended');
    expect(secretStateAt({ endsAt: null }, new Date(endsAt))).toBe('current');
  });
});

describe('generating a new secret', () => {
  const now = new Date('2026-11-21T12:00:00.000Z');
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();

  test('lets the current one go on for the overlap and ends the one before now', () => {
    const live = [
      { id: 'old', dateCreated: at(-200), endsAt: at(5_000) },
      { id: 'current', dateCreated: at(-100), endsAt: null },
    ];
    expect(secretsAfterGenerating(live, now, 86_400)).toEqual([
      { id: 'current', endsAt: at(86_400) },
      { id: 'old', endsAt: at(0) },
    ]);
  });

  test('ends all of them when nothing is to go on', () => {
    expect(secretsAfterGenerating([{ id: 'a', dateCreated: at(-9), endsAt: null }], now, 0)).toEqual([
      { id: 'a', endsAt: at(0) },
    ]);
  });

  test('at most one of the old ones works on, and none works longer than before', () => {
    const secret = fc.record({
      id: fc.uuid(),
      dateCreated: fc.integer({ min: -1e6, max: 0 }).map(at),
      endsAt: fc.option(fc.integer({ min: -1e6, max: 1e6 }).map(at)),
    });
    fc.assert(
      fc.property(fc.array(secret), fc.integer({ min: 0, max: 604_800 }), (secrets, overlap) => {
        const ends = secretsAfterGenerating(secrets, now, overlap);
        expect(ends.filter(({ endsAt }) => endsAt > at(0)).length).toBeLessThanOrEqual(1);
        for (const { id, endsAt } of ends) {
          expect(endsAt <= at(overlap)).toBe(true);
          const before = secrets.find((one) => one.id === id)?.endsAt;
          if (before) expect(endsAt <= before).toBe(true);
        }
        const live = secrets.filter(({ endsAt }) => endsAt === null || endsAt > at(0));
        expect(ends.length).toBe(live.length);
      }),
    );
  });
});
