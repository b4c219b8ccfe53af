import type { RequestHandler } from 'express';

/** Longest request target and largest header section in bytes (security 0.1). */
export const maxUrlBytes = 8_192;
export const maxHeaderBytes = 16_384;

/** How much Node's parser takes at all: the request line and the headers together. */
export const parserHeaderBytes = maxUrlBytes * 2 + maxHeaderBytes;

/** Refuses addresses and headers beyond the limits with the status that says which it was (security I-04). */
export const bounds: RequestHandler = (req, res, next) => {
  if (Buffer.byteLength(req.url) > maxUrlBytes)
    return void res.status(414).type('text').send('The address is too long.\n');
  const headers = req.rawHeaders.reduce((bytes, text) => bytes + Buffer.byteLength(text) + 2, 0);
  if (headers > maxHeaderBytes) return void res.status(431).type('text').send('The headers are too large.\n');
  next();
};
