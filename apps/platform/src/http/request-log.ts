import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { correlationIdOf } from './correlation-id.ts';

/** One line per answered request; the path only, since queries can carry codes and hints (security K-21). */
export const requestLog =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const begun = process.hrtime.bigint();
    const path = withoutIds(req.path);
    res.once('close', () => {
      const line = {
        correlationId: correlationIdOf(res),
        method: req.method,
        path,
        status: res.statusCode,
        ms: Number((process.hrtime.bigint() - begun) / 1_000n) / 1_000,
        ip: req.ip,
        ...(res.writableFinished ? {} : { aborted: true }),
      };
      if (isProbe(path)) log.debug(line, 'request');
      else log.info(line, 'request');
    });
    next();
  };

/** The id of a started sign-in is half of what its cookie holds. */
const withoutIds = (path: string): string => path.replace(/^(\/sign-in|\/oauth\/authorize)\/[\w-]{20,}/, '$1/…');

const isProbe = (path: string): boolean => path === '/livez' || path === '/readyz';
