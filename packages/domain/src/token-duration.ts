import type { Sentence } from './refusal.ts';

/** Life of an access token, in seconds (product 4.6, security 0.1). */
export const minTokenSeconds = 300;
export const maxTokenSeconds = 172_800;
/** With a SCIM role: 450 days. */
export const maxScimTokenSeconds = 38_880_000;
export const defaultTokenSeconds = 3_600;

/** The durations that a form offers; `agent-day` is the advice for an agent's working day (security T-08). */
export const tokenDurationPresets = [
  { seconds: 3_600, name: 'hour' },
  { seconds: 64_800, name: 'agent-day' },
  { seconds: 86_400, name: 'day' },
  { seconds: 172_800, name: 'two-days' },
] as const;

/** The Platform's own identity of the built-in SCIM Integration role, the same in every organization. */
export const scimDefaultRoleId = 'scimIntegration';

/** Whether a role is the SCIM role. Its name never counts (security T-03). */
export const isScimRole = (role: { readonly defaultRoleId?: string | null }): boolean =>
  role.defaultRoleId === scimDefaultRoleId;

export type TokenDurationRefusal =
  | 'token_duration.not_number'
  | 'token_duration.not_whole'
  | 'token_duration.too_short'
  | 'token_duration.needs_scim_role'
  | 'token_duration.too_long';

export const tokenDurationSentences: Record<TokenDurationRefusal, Sentence> = {
  'token_duration.not_number': {
    message: 'The token duration must be a number of seconds.',
    remedy: 'Enter a whole number from 300 to 172,800.',
  },
  'token_duration.not_whole': {
    message: 'The token duration must be a whole number of seconds.',
    remedy: 'Remove the fraction.',
  },
  'token_duration.too_short': {
    message: 'A token must last at least 300 seconds (5 minutes).',
    remedy: 'Enter 300 or more.',
  },
  'token_duration.needs_scim_role': {
    message: 'Without the SCIM Integration role a token can last at most 172,800 seconds (48 hours).',
    remedy: 'Enter 172,800 or less, or give the client the SCIM Integration role.',
  },
  'token_duration.too_long': {
    message: 'A token can last at most 38,880,000 seconds (450 days).',
    remedy: 'Enter 38,880,000 or less.',
  },
};

/**
 * Says why a client cannot have this token duration, or null when it can (security T-01 to T-05). Texts are never read
 * as numbers.
 */
export function whyNotTokenDuration(seconds: unknown, hasScimRole: boolean): TokenDurationRefusal | null {
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) return 'token_duration.not_number';
  if (seconds < minTokenSeconds) return 'token_duration.too_short';
  if (seconds > maxScimTokenSeconds) return 'token_duration.too_long';
  if (seconds > maxTokenSeconds && !hasScimRole) return 'token_duration.needs_scim_role';
  return Number.isInteger(seconds) ? null : 'token_duration.not_whole';
}

/**
 * The duration that a token really gets: a long one counts only while the client has the SCIM role, also when the role
 * was taken away elsewhere (security T-04).
 */
export const tokenSecondsInForce = (seconds: number, hasScimRole: boolean): number =>
  Math.min(seconds, hasScimRole ? maxScimTokenSeconds : maxTokenSeconds);
