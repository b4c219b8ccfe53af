import { Fault } from '@latchkey/contract/faults';
import type { Request } from 'express';

/** What the page sends with each request; no form and no other site can (security S-22). */
export const requestHeader = 'latchkey-request';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a request that changes something unless the console's own page sent it: by the header that forces a preflight,
 * and by what the browser itself says of the sender.
 *
 * @throws request.forged
 */
export function refuseForged(req: Request, publicUrl: URL): void {
  if (safe.has(req.method)) return;
  const site = req.headers['sec-fetch-site'];
  const origin = req.headers.origin;
  const fromPage =
    site === undefined
      ? origin === publicUrl.origin
      : site === 'same-origin' && (origin === undefined || origin === publicUrl.origin);
  if (req.headers[requestHeader] !== '1' || !fromPage) {
    throw new Fault('request.forged', {
      remedy: 'Use the console’s own page; programs send the header latchkey-request: 1 and the console’s Origin.',
    });
  }
}
