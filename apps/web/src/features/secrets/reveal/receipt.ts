import type { consoleApi } from '@latchkey/contract/console-api/table';
import type { Answer } from '@latchkey/contract/route';

/** What is kept of a reveal (product 5.6). */
export type Receipt = Answer<typeof consoleApi.reveals.acknowledge>;

/** What is said after a secret was acknowledged. */
export interface Acknowledged {
  readonly clientName: string;
  readonly storedWhere: string;
  /** The secret was copied, and the clipboard was not cleared. */
  readonly clipboardHeld: boolean;
}
