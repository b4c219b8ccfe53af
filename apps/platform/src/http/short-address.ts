import type { RequestHandler } from 'express';

/** The longest path with its query that is read, in bytes (security 0.1). */
export const maxAddressBytes = 8_192;

/** Refuses longer ones before anything looks at them. */
export const shortAddress: RequestHandler = (req, res, next) => {
  if (req.url.length <= maxAddressBytes) next();
  else res.status(414).end();
};
