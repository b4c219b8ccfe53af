import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

/** The header that names a request in every answer (platform-api 3.6). */
export const correlationHeader = 'inin-correlation-id';

/** Gives each request an id of its own; one sent along is not believed, so that log lines cannot be forged. */
export const correlationId: RequestHandler = (_req, res, next) => {
  const id = randomUUID();
  res.locals['correlationId'] = id;
  res.setHeader(correlationHeader, id);
  next();
};

/** The id of the request that an answer belongs to. */
export const correlationIdOf = (res: Pick<Response, 'locals'>): string => String(res.locals['correlationId']);
