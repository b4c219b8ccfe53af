import type { RequestHandler } from 'express';
import { isLoopback } from '../config.ts';

/** Addresses whose answers hold nothing of anybody: they need no name. Health is asked before this. */
const nameless = /^\/api\/openapi\.json(?:\?|$)/;

/**
 * Answers only under the console's own name (security H-12). On loopback the other names of this machine lead to the
 * right one, path and query kept, so that a typed `127.0.0.1` does not end in a sign-in whose cookie belongs to
 * `localhost`; only the API says no, for a program would lose its body or its cookie on the way.
 */
export function knownHost(publicUrl: URL): RequestHandler {
  const others = new Set(
    isLoopback(publicUrl.hostname)
      ? ['localhost', '127.0.0.1', '[::1]'].map((name) => (publicUrl.port ? `${name}:${publicUrl.port}` : name))
      : [],
  );
  return (req, res, next) => {
    // With two names, a proxy and this server could each believe another one (RFC 9112 §3.2).
    if (req.headersDistinct['host']?.length !== 1)
      return void res.status(400).type('text').send('A request names one host.\n');
    const host = (req.headers.host ?? '').toLowerCase();
    if (host === publicUrl.host && req.url.startsWith('/')) return next();
    if (others.has(host)) {
      if (nameless.test(req.url)) return next();
      const isRead = req.method === 'GET' || req.method === 'HEAD';
      if (isRead && /^\/(?![/\\])/.test(req.url) && !/^\/api(?:[/?]|$)/i.test(req.url))
        return res.set('cache-control', 'no-store').redirect(307, publicUrl.origin + req.url);
    }
    res
      .status(host === publicUrl.host ? 404 : 421)
      .type('text')
      .send('There is no console under this name.\n');
  };
}
