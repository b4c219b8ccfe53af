import compression from 'compression';
import type { RequestHandler, Response } from 'express';

/** Bytes below which compressing costs more than it saves: what fits into one packet anyway. */
const leastBytes = 1_400;

/**
 * Compresses the answers of the API, those that reveal a secret excepted: what is compressed together with text that
 * somebody else chose tells by its length what it holds (security K-03).
 */
export const compressed: RequestHandler = compression({
  threshold: leastBytes,
  filter: (req, res) => res.locals['plain'] !== true && compression.filter(req, res),
});

/** From here on the answer to this request goes out as it is. */
export function neverCompress(res: Pick<Response, 'locals'>): void {
  res.locals['plain'] = true;
}
