import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '../config.ts';
import { reportPath } from './csp-reports.ts';

/** The random text by which one answer's own styles and scripts are known (CSP level 3). */
export const nonceOf = (res: Pick<Response, 'locals'>): string => String(res.locals['nonce']);

/** Browser features that the console does not use; the clipboard is written to, and read back, by the reveal dialog only. */
const unusedFeatures = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];
const permissionsPolicy = [
  ...unusedFeatures.map((feature) => `${feature}=()`),
  'clipboard-read=(self)',
  'clipboard-write=(self)',
].join(', ');

/** Headers of every answer (security H-01 to H-09). Nothing is ever allowed to another origin. */
export function securityHeaders({ secure, platform }: Config): RequestHandler[] {
  const nonce = (_req: IncomingMessage, res: ServerResponse) => `'nonce-${nonceOf(res as Response)}'`;
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'", nonce],
        'style-src': ["'self'", nonce],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'worker-src': ["'self'"],
        'manifest-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        'form-action': ["'self'", platform.loginUrl.origin],
        // The page makes no markup from text, so no policy may either (security H-02).
        'require-trusted-types-for': ["'script'"],
        'trusted-types': ["'none'"],
        'report-uri': [reportPath],
        ...(secure && { 'upgrade-insecure-requests': [] }),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Its mere presence made old browsers leak; 0 is helmet's own advice.
    xXssProtection: true,
  });
  return [
    (_req, res, next) => {
      res.locals['nonce'] = randomBytes(16).toString('base64url');
      res.set('permissions-policy', permissionsPolicy);
      next();
    },
    headers,
  ];
}
