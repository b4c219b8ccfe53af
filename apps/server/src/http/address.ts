import type { Request } from 'express';

/** Where a request came from; behind proxies, only as far as `TRUST_PROXY` goes (security H-11). */
export const addressOf = (req: Request): string =>
  (req.ip ?? req.socket.remoteAddress ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '');
