import * as z from 'zod';
import { Instant, PersonRef } from './client.ts';
import type { Sentence } from './refusal.ts';

/** Longest time for which a replaced secret still works, in seconds (product 7.1: seven days). */
export const maxOverlapSeconds = 604_800;
/** The usual one: 24 hours. */
export const defaultOverlapSeconds = 86_400;
/** How long a secret is good before it is due for rotation, in days (product 7.5). */
export const rotationDays = 30;
/** How many secrets of a client can work at once (security K-18). */
export const maxLiveSecrets = 2;

/** Why a new secret is generated (product 7.1). */
export const RotationReason = z.enum(['scheduled', 'owner-leaving', 'exposed', 'lost']);
export type RotationReason = z.infer<typeof RotationReason>;

export const SecretState = z.enum(['current', 'previous', 'ended']);
export type SecretState = z.infer<typeof SecretState>;

/** A secret of a client as it is listed: never the value (product 7.2). */
export const ClientSecret = z.object({
  id: z.string(),
  /** The last four characters. */
  hint: z.string(),
  dateCreated: Instant,
  createdBy: PersonRef.nullable(),
  dateLastUsed: Instant.nullable(),
  /** Token requests since midnight UTC. */
  usesToday: z.int(),
  /** From when on it does not work any more; null for the current one. */
  endsAt: Instant.nullable(),
  state: SecretState,
});
export type ClientSecret = z.infer<typeof ClientSecret>;

/** By these letters a secret scanner knows a secret (security K-08). */
export const secretPrefix = 'lks_';

/** How many random bytes a secret is made from: enough for 43 characters of 6 unbiased bits each. */
export const secretRandomBytes = 33;

/** The whole form, for scanners and forms: prefix, 43 random characters, 6 of checksum. */
export const secretPattern = /^lks_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}$/;

const randomLength = 43;
const checksumLength = 6;
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * A client secret from `secretRandomBytes` random bytes: prefix, 43 characters of base64url, checksum (security 0.1,
 * K-07). 33 bytes and not 32, since the 43rd character of 32 bytes would have only 16 values; 258 bits are used.
 * @throws RangeError when there are too few bytes.
 */
export function composeSecret(random: Uint8Array): string {
  if (random.length < secretRandomBytes) throw new RangeError(`A secret needs ${secretRandomBytes} random bytes`);
  const text = btoa(String.fromCharCode(...random.subarray(0, secretRandomBytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, randomLength);
  return withChecksum(secretPrefix + text);
}

/** Whether a text has the form of a secret, checksum included. Says nothing of whether it works. */
export const looksLikeSecret = (text: string): boolean =>
  secretPattern.test(text) && withChecksum(text.slice(0, -checksumLength)) === text;

/** The part of a secret that lists may show. */
export const secretHint = (secret: string): string => secret.slice(-4);

/** CRC-32 of all before it, in base 62 with leading zeros, as GitHub's tokens have it. */
function withChecksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < checksumLength; place += 1) {
    digits = base62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return text + digits;
}

/** CRC-32 (ISO 3309, reflected, as in zlib) of an ASCII text; not a protection, only a check for typing mistakes. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The state of a secret at an instant; it works until `endsAt`, and not at `endsAt` any more (security K-17). */
export function secretStateAt(secret: Pick<ClientSecret, 'endsAt'>, now: Date): SecretState {
  if (secret.endsAt === null) return 'current';
  return now.getTime() < Date.parse(secret.endsAt) ? 'previous' : 'ended';
}

export type OverlapRefusal = 'overlap.not_whole' | 'overlap.negative' | 'overlap.too_long' | 'overlap.exposed';

export const overlapSentences: Record<OverlapRefusal, Sentence> = {
  'overlap.not_whole': {
    message: 'How long the old secret still works must be a whole number of seconds.',
    remedy: 'Enter a whole number from 0 to 604,800.',
  },
  'overlap.negative': { message: 'The old secret cannot end in the past.', remedy: 'Enter 0 to end it at once.' },
  'overlap.too_long': {
    message: 'The old secret can work for at most seven days more.',
    remedy: 'Enter 604,800 seconds or less.',
  },
  'overlap.exposed': {
    message: 'An exposed secret must stop at once.',
    remedy: 'Enter 0, or choose another reason if the secret is not known to anybody else.',
  },
};

/** Says why the old secret cannot go on for this long, or null when it can. */
export function whyNotOverlap(reason: RotationReason, seconds: unknown): OverlapRefusal | null {
  if (typeof seconds !== 'number' || !Number.isInteger(seconds)) return 'overlap.not_whole';
  if (seconds < 0) return 'overlap.negative';
  if (reason === 'exposed' && seconds > 0) return 'overlap.exposed';
  return seconds > maxOverlapSeconds ? 'overlap.too_long' : null;
}

/** For how many seconds the old secret still works: as asked within the limits, 24 hours by default, 0 when exposed. */
export function overlapFor(reason: RotationReason, askedSeconds: number | undefined): number {
  if (reason === 'exposed') return 0;
  return Math.min(Math.max(askedSeconds ?? defaultOverlapSeconds, 0), maxOverlapSeconds);
}

/**
 * When each of the live secrets ends once a new one is generated: the latest after the overlap, all older ones now,
 * since two work at most. An end that was already set is never moved later: what was to stop cannot come back.
 */
export function secretsAfterGenerating(
  live: readonly Pick<ClientSecret, 'id' | 'dateCreated' | 'endsAt'>[],
  now: Date,
  overlapSeconds: number,
): { id: string; endsAt: string }[] {
  const latestFirst = live
    .filter((secret) => secretStateAt(secret, now) !== 'ended')
    // The one without an end is the current one, whatever the clocks said when it was made.
    .toSorted(
      (a, b) => Number(b.endsAt === null) - Number(a.endsAt === null) || b.dateCreated.localeCompare(a.dateCreated),
    );
  return latestFirst.map(({ id, endsAt }, index) => {
    const wanted = now.getTime() + (index < maxLiveSecrets - 1 ? overlapSeconds : 0) * 1000;
    const end = endsAt === null ? wanted : Math.min(wanted, Date.parse(endsAt));
    return { id, endsAt: new Date(end).toISOString() };
  });
}
