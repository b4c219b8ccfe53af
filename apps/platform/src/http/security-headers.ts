import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Headers of every answer (security H-01 to H-08). Pages loosen the policy for their own style and form only. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 63_072_000, includeSubDomains: true } : false,
  });
  return (req, res, next) => {
    res.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    res.setHeader('cache-control', 'no-store');
    secure(req, res, next);
  };
}
