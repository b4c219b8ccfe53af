import { Fault } from '@latchkey/contract/faults';

/** Bounds of a JSON body (security 0.1): nesting, members and elements. */
export const jsonLimits = { depth: 32, keys: 1_000 } as const;

/** Names that could reach an object's prototype (security I-03). */
const poisonous = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses JSON as strictly as both sides can agree on: UTF-8, bounded depth and members, no name twice, no name that
 * reaches a prototype, no number that JavaScript would change (security I-03 to I-06).
 *
 * @throws input.not_json, input.too_deep
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault('input.not_json', { detail: 'The body is not UTF-8.' });
  }
  survey(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message quotes the body (security K-20).
    throw new Fault('input.not_json');
  }
}

/** A string, a number, or one of the marks that open, close and divide; everything else is left to the parser. */
const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\],:]/gsy;
const filler = /[^"\d{}[\],:-]+|-(?!\d)/gsy;

/** Walks the text once and refuses what the parser would silently take. */
function survey(text: string): void {
  const open: { names: Set<string> | null }[] = [];
  let keys = 0;
  let last: string | null = null;
  for (let at = 0; at < text.length;) {
    token.lastIndex = at;
    const [found] = token.exec(text) ?? [];
    if (found === undefined) {
      filler.lastIndex = at;
      const [skipped] = filler.exec(text) ?? [];
      // An unfinished string: the parser will say no as well.
      if (skipped === undefined) throw new Fault('input.not_json');
      at += skipped.length;
      continue;
    }
    at += found.length;
    if (found === '{' || found === '[') {
      open.push({ names: found === '{' ? new Set() : null });
      if (open.length > jsonLimits.depth)
        throw new Fault('input.too_deep', { detail: `More than ${jsonLimits.depth} levels.` });
    } else if (found === '}' || found === ']') open.pop();
    else if (found === ':') name(last, open.at(-1)?.names);
    else if (/^[-\d]/.test(found)) number(found);
    if (found === ':' || (found === ',' && open.at(-1)?.names === null)) keys += 1;
    if (keys > jsonLimits.keys) throw new Fault('input.too_deep', { detail: `More than ${jsonLimits.keys} members.` });
    last = found;
  }
}

function name(literal: string | null, names: Set<string> | null | undefined): void {
  if (!names || !literal?.startsWith('"')) throw new Fault('input.not_json');
  let text: string;
  try {
    text = JSON.parse(literal) as string;
  } catch {
    throw new Fault('input.not_json');
  }
  if (poisonous.has(text)) throw new Fault('input.not_json', { detail: 'A member has a name that is not allowed.' });
  if (names.has(text)) throw new Fault('input.not_json', { detail: 'A member stands twice in the same object.' });
  names.add(text);
}

/** Whole numbers beyond 2^53 and numbers beyond all bounds would arrive as others than were sent. */
function number(literal: string): void {
  const value = Number(literal);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw new Fault('input.not_json', { detail: 'A number is too large.' });
  }
}
