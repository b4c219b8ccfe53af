import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { RequestHandler } from 'express';

/** For every address that nobody answered. */
export const nothingHere: RequestHandler = () => {
  throw new PlatformFault('not.found');
};
