import { Fault } from '@latchkey/contract/faults';
import { raw, type Request, type Response } from 'express';
import { parseStrictJson } from './strict-json.ts';

/** Largest body in bytes (security 0.1). */
export const maxBodyBytes = 65_536;

const readRaw = raw({ type: () => true, limit: maxBodyBytes, inflate: false });

/** Whether the request announces a body at all (RFC 9112 §6.3). */
const hasBody = (req: Request): boolean =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;

/** `application/json`, at most with UTF-8 named, said once (security I-05). */
export function isJson(req: Request): boolean {
  const said = req.headersDistinct['content-type'] ?? [];
  return said.length === 1 && /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i.test(said[0] ?? '');
}

/**
 * Reads the JSON body of a request, after the gate has let the caller in; undefined when there is none.
 *
 * @throws input.media_type, input.too_large, input.not_json, input.too_deep
 */
export async function readBody(req: Request, res: Response): Promise<unknown> {
  if (req.headersDistinct['content-type'] !== undefined && !isJson(req)) throw new Fault('input.media_type');
  if (!hasBody(req)) return undefined;
  if (!isJson(req)) throw new Fault('input.media_type');
  if (req.headers['content-encoding'] !== undefined && req.headers['content-encoding'] !== 'identity')
    throw new Fault('input.media_type');
  await new Promise<void>((resolve, reject) =>
    readRaw(req, res, (error?: unknown) => (error ? reject(bodyFault(error)) : resolve())),
  );
  const body: unknown = req.body;
  return Buffer.isBuffer(body) && body.length > 0 ? parseStrictJson(body) : undefined;
}

function bodyFault(error: unknown): unknown {
  const type = (error as { type?: unknown }).type;
  if (type === 'entity.too.large') return new Fault('input.too_large', {}, { cause: error });
  if (type === 'encoding.unsupported') return new Fault('input.media_type', {}, { cause: error });
  return new Fault('input.not_json', { detail: 'The body did not arrive completely.' }, { cause: error });
}
