import type { SessionEnder } from './ending.ts';
import type { TokenVault } from './token-vault.ts';
import type { Who } from './who.ts';

/** What everything about sessions shares. */
export interface SessionParts {
  readonly vault: TokenVault;
  readonly ender: SessionEnder;
  readonly who: Who;
}
