import type { Permission } from './permission.ts';

/**
 * Why a thing may not be done to an object now: a code with what a sentence needs to name. Rules return it, the server
 * refuses with it, the page explains with it.
 */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  /** Permissions that are missing. */
  readonly permissions?: readonly Permission[];
  /** Roles (ids) that the person does not hold where the client has them. */
  readonly roles?: readonly string[];
  /** An instant that the sentence names, UTC ISO 8601. */
  readonly at?: string;
  /** Rules of today that the object breaks, where that is the reason (`client.breaks_rules`). */
  readonly faults?: readonly FieldFault[];
}

/** A fault of one field: where, why, and how to mend it. */
export interface FieldFault {
  /** Dotted path in the body, list positions from 0: `redirectUris.3`. */
  readonly field: string;
  /** Stable code of the reason, `noun.reason`. */
  readonly reason: string;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
  /** Numbers and names that the sentences mention, for the same sentences in other languages. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The English sentences of a reason; `{name}` stands for a value of the fault. */
export interface Sentence {
  readonly message: string;
  readonly remedy: string;
}

/** Makes the fault of a field from its reason, its sentences and the values that they mention. */
export function faultAt(
  field: string,
  reason: string,
  sentence: Sentence,
  values?: Readonly<Record<string, string | number>>,
): FieldFault {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole));
  const fault = { field, reason, message: fill(sentence.message), remedy: fill(sentence.remedy) };
  return values ? { ...fault, values } : fault;
}
