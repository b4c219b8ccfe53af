import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import express, { type Request, type Response } from 'express';

/** Limits of a body (security 0.1): bytes, how deep it may be nested, how many members all its objects may have. */
export const bodyLimits = { bytes: 65_536, depth: 32, members: 1_000 } as const;

const readBytes = express.raw({ type: () => true, limit: bodyLimits.bytes, inflate: false });

/**
 * Reads the JSON body of a request; `undefined` when it is empty, whatever its content type says: the official SDK sends
 * `application/json` without a body (platform-api 6.3). Of members that stand there twice the last one counts.
 * @throws PlatformFault for what is too large, of another media type, not JSON, too deep, too wide, or has members that
 * reach for prototypes (security I-03 to I-06)
 */
export async function readBody(req: Request, res: Response): Promise<unknown> {
  await new Promise<void>((resolve, reject) => {
    readBytes(req, res, (error?: unknown) => {
      if (error) reject(readingFault(error));
      else resolve();
    });
  });
  const bytes: unknown = req.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return undefined;
  if (!isJson(req)) throw new PlatformFault('unsupported.media.type');
  return parse(bytes);
}

function readingFault(error: unknown): PlatformFault {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return new PlatformFault('request.entity.too.large');
  if (status === 415) return new PlatformFault('unsupported.media.type');
  return new PlatformFault('client.failed.request', {}, { cause: error });
}

/** Exactly one content type, and no parameter but UTF-8 (security I-05). */
function isJson(req: Request): boolean {
  const given = req.headersDistinct['content-type'] ?? [];
  return given.length === 1 && /^application\/json\s*(?:;\s*charset=(?:utf-8|"utf-8")\s*)?$/i.test(given[0] ?? '');
}

function parse(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new PlatformFault('bad.request', { message: 'The request body is not valid JSON in UTF-8.' });
  }
  whyNotShape(value);
  return value;
}

const reaching: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Walks without recursion, so that nesting costs nothing but a refusal. */
function whyNotShape(value: unknown): void {
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
  let members = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth > bodyLimits.depth)
      throw new PlatformFault('bad.request', { message: 'The request body is nested too deeply.' });
    const names = Array.isArray(next.value) ? [] : Object.keys(next.value);
    members += names.length;
    if (members > bodyLimits.members)
      throw new PlatformFault('bad.request', { message: 'The request body has too many members.' });
    if (names.some((name) => reaching.has(name))) {
      throw new PlatformFault('invalid.property', {
        message: 'The request body has a member whose name is not allowed.',
      });
    }
    for (const inner of Object.values(next.value)) waiting.push({ value: inner, depth: next.depth + 1 });
  }
}
