import type { Sentence } from './refusal.ts';

/** Longest texts, in characters (Unicode code points). */
export const maxNameLength = 200;
export const maxDescriptionLength = 1_000;
export const maxPurposeLength = 1_000;
export const maxReasonLength = 500;
/** "Where is it stored?" of a receipt (product 5.6). */
export const maxStoredWhereLength = 200;

export type TextRefusal =
  | 'text.not_text'
  | 'text.missing'
  | 'text.too_long'
  | 'text.control_character'
  | 'text.direction_override'
  | 'text.broken_character';

export const textSentences: Record<TextRefusal, Sentence> = {
  'text.not_text': { message: 'This must be text.', remedy: 'Send it as a string.' },
  'text.missing': { message: 'This cannot be empty.', remedy: 'Enter at least one visible character.' },
  'text.too_long': { message: 'This has more than {max} characters.', remedy: 'Shorten it to {max} characters.' },
  'text.control_character': {
    message: 'This has a control character or a line break that is not allowed here.',
    remedy: 'Remove it; if you pasted the text, type it instead.',
  },
  'text.direction_override': {
    message: 'This has an invisible character that reorders the text around it.',
    remedy: 'Remove it; if you pasted the text, type it instead.',
  },
  'text.broken_character': {
    message: 'This has half of a character.',
    remedy: 'Remove the broken character and type it again.',
  },
};

/** What a text must obey. */
export interface TextRule {
  /** Longest, in code points. */
  readonly max: number;
  /** A text of nothing but blanks and invisible characters counts as empty. */
  readonly required?: boolean;
  /** Line breaks are allowed. */
  readonly multiline?: boolean;
}

/**
 * Says why a text cannot be stored, or null when it can (security I-07, I-08, I-15). The text is kept as given:
 * composed and decomposed spellings stay what they are, nothing is trimmed.
 */
export function whyNotText(value: unknown, { max, required = false, multiline = false }: TextRule): TextRefusal | null {
  if (typeof value !== 'string') return 'text.not_text';
  if (isLongerThan(value, max)) return 'text.too_long';
  if (!value.isWellFormed()) return 'text.broken_character';
  if (/[\u202A-\u202E\u2066-\u2069]/.test(value)) return 'text.direction_override';
  const rest = multiline ? value.replace(/\r?\n/g, '') : value;
  if (/[\p{Cc}\u2028\u2029]/u.test(rest)) return 'text.control_character';
  if (required && /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(value)) return 'text.missing';
  return null;
}

/** Counts code points, and stops as soon as there are too many. */
function isLongerThan(text: string, max: number): boolean {
  if (text.length <= max) return false;
  if (text.length > 2 * max) return true;
  return [...text].length > max;
}
