import type { RequestHandler } from 'express';
import { isLoopback } from '../config.ts';

/**
 * Answers only under the console's own name (security H-12). On loopback the other names of this machine lead to the
 * right one, so that a typed `127.0.0.1` does not end in a sign-in whose cookie belongs to `localhost`.
 */
export function knownHost(publicUrl: URL): RequestHandler {
  const others = new Set(
    isLoopback(publicUrl.hostname)
      ? ['localhost', '127.0.0.1', '[::1]'].map((name) => (publicUrl.port ? `${name}:${publicUrl.port}` : name))
      : [],
  );
  return (req, res, next) => {
    const host = (req.headers.host ?? '').toLowerCase();
    if (host === publicUrl.host && req.url.startsWith('/')) return next();
    const wantsPage = req.method === 'GET' && /\btext\/html\b/.test(req.headers.accept ?? '');
    if (others.has(host) && wantsPage && /^\/(?!\/)[\w/.-]*$/.test(req.url))
      return res.redirect(307, publicUrl.origin + req.url);
    res
      .status(host === publicUrl.host ? 404 : 421)
      .type('text')
      .send('There is no console under this name.\n');
  };
}
