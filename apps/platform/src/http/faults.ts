import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { correlationIdOf } from './correlation-id.ts';

/**
 * The last step: a `PlatformFault` becomes the wire's error envelope (platform-api 3.1); anything else is logged and
 * told as `internal.server.error` without a word about its cause.
 */
export const apiFaults =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const id = correlationIdOf(res);
    const fault = faultOf(error);
    if (fault.status >= 500)
      log.error({ err: error, correlationId: id, method: req.method, path: req.path }, 'request failed');
    res.status(fault.status).json(fault.body(id));
  };

/** Express and its body parsers put a status on what they throw; those of the caller's making stay theirs. */
function faultOf(error: unknown): PlatformFault {
  if (error instanceof PlatformFault) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return new PlatformFault('request.entity.too.large');
  if (status === 415) return new PlatformFault('unsupported.media.type');
  if (typeof status === 'number' && status >= 400 && status < 500) return new PlatformFault('bad.request');
  return new PlatformFault('internal.server.error');
}
