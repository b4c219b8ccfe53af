import { Fault } from '@latchkey/contract/faults';
import type { FieldFault } from '@latchkey/domain/refusal';
import type { Misfit } from '@latchkey/wire/mount';
import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** How many fields one answer names at most. */
const mostFields = 200;

/** Everything about the input that does not fit, field by field, in plain words; never what was sent (security K-20). */
export function misfitFault(misfits: readonly Misfit[]): Fault {
  const fields = misfits.flatMap(({ part, issues }) => issues.map((issue) => fieldFault(part, issue)));
  return new Fault('input.invalid', {
    detail: 'Nothing was changed.',
    remedy: 'Correct the fields that are named.',
    fields: fields.slice(0, mostFields),
  });
}

function fieldFault(part: Misfit['part'], issue: Issue): FieldFault {
  const path = issue.path.map(String).join('.');
  const field = part === 'body' ? path || 'body' : [part, path].filter(Boolean).join('.');
  const own = ownWords(issue);
  return { field, ...(own ?? words(issue)) };
}

/** A rule of the domain brings its own reason, sentence and remedy along. */
function ownWords(issue: Issue): Omit<FieldFault, 'field'> | null {
  if (issue.code !== 'custom') return null;
  const { reason, remedy } = (issue.params ?? {}) as { reason?: unknown; remedy?: unknown };
  return {
    reason: typeof reason === 'string' ? reason : 'value.not_allowed',
    message: issue.message || 'This value is not allowed.',
    remedy: typeof remedy === 'string' ? remedy : 'Change it and try again.',
  };
}

function words(issue: Issue): Omit<FieldFault, 'field'> {
  switch (issue.code) {
    case 'invalid_type':
      // Zod tells what it received by its message only.
      return issue.message.endsWith('received undefined')
        ? { reason: 'value.missing', message: 'This field is missing.', remedy: 'Fill it in.' }
        : {
            reason: 'value.wrong_type',
            message: `This must be ${kinds[issue.expected] ?? 'of another kind'}.`,
            remedy: 'Send it in that form.',
          };
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    case 'invalid_value':
      return {
        reason: 'value.not_offered',
        message: 'This is not one of the values that can be chosen.',
        remedy: `Choose one of: ${issue.values.map(String).join(', ')}.`,
      };
    case 'unrecognized_keys':
      return {
        reason: 'field.unknown',
        message: `${issue.keys.length === 1 ? 'One field is' : `${issue.keys.length} fields are`} not known here.`,
        remedy: 'Leave it out.',
      };
    case 'invalid_format':
      return {
        reason: 'value.malformed',
        message: 'This does not have the right form.',
        remedy: formats[issue.format] ?? 'Correct its form.',
      };
    case 'not_multiple_of':
      return {
        reason: 'value.malformed',
        message: 'This must be a whole number.',
        remedy: 'Send a number without fraction.',
      };
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    default:
      return { reason: 'value.not_allowed', message: 'This value is not allowed.', remedy: 'Change it and try again.' };
  }
}

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  date: 'a date',
  null: 'null',
  undefined: 'left out',
};

const formats: Record<string, string> = {
  uuid: 'Give a UUID.',
  email: 'Give an e-mail address.',
  url: 'Give a whole address with scheme.',
  datetime: 'Give an instant in UTC such as 2026-01-31T09:30:00Z.',
};

const tooSmall = (origin: string, least: number): Omit<FieldFault, 'field'> => {
  if (origin === 'string' && least === 1)
    return { reason: 'value.missing', message: 'This must not be empty.', remedy: 'Fill it in.' };
  if (origin === 'string')
    return {
      reason: 'value.too_short',
      message: `This is shorter than ${least} characters.`,
      remedy: 'Make it longer.',
    };
  if (origin === 'array' || origin === 'set')
    return { reason: 'list.too_short', message: `At least ${least} must be given.`, remedy: 'Add what is missing.' };
  return { reason: 'value.too_small', message: `The least is ${least}.`, remedy: `Give ${least} or more.` };
};

const tooBig = (origin: string, most: number): Omit<FieldFault, 'field'> => {
  if (origin === 'string')
    return { reason: 'value.too_long', message: `This is longer than ${most} characters.`, remedy: 'Make it shorter.' };
  if (origin === 'array' || origin === 'set')
    return { reason: 'list.too_long', message: `At most ${most} can be given.`, remedy: 'Take some out.' };
  return { reason: 'value.too_large', message: `The most is ${most}.`, remedy: `Give ${most} or less.` };
};
