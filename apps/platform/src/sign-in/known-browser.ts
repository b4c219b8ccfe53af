import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';

const cookie = 'latchkey_known';
const maxAgeSeconds = 180 * 86_400;

/** Marks a browser in which a person has signed in, so that failures elsewhere cannot lock them out of it (B-03). */
export interface KnownBrowsers {
  readonly knows: (req: Request, userId: string) => boolean;
  readonly remember: (res: Response, userId: string) => void;
}

/** @param secure whether the Platform's public address is https */
export function knownBrowsers(key: Buffer, secure: boolean): KnownBrowsers {
  const sign = (userId: string): Buffer => createHmac('sha256', key).update(userId).digest();
  return {
    knows(req, userId) {
      const value = new RegExp(`(?:^|; )${cookie}=([\\w-]+)`).exec(req.headers.cookie ?? '')?.[1] ?? '';
      const given = Buffer.from(value, 'base64url');
      const expected = sign(userId);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
    remember(res, userId) {
      res.append(
        'set-cookie',
        `${cookie}=${sign(userId).toString('base64url')}; Path=/sign-in; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`,
      );
    },
  };
}
