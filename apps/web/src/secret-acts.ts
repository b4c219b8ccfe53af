import type { Reveal, RevealKey } from '@latchkey/contract/console-api/models';
import type { CallOptions } from '@latchkey/wire/call';
import { createContext, useContext } from 'react';

/** What features may do with secrets; the feature `secrets` gives it, and none of them imports another. */
export interface SecretActs {
  /**
   * Sends a request whose answer carries a sealed secret: the key pair is made and kept before, the same one for the same
   * idempotency key. Does not show the secret yet.
   */
  readonly sealed: <Answer extends { readonly reveal: Reveal }>(
    idempotencyKey: string,
    request: (revealKey: RevealKey, options: CallOptions) => Promise<Answer>,
  ) => Promise<Answer>;
  /** Opens the dialog that cannot be left before the secret is stored. */
  readonly show: (reveal: Reveal) => void;
  /** Which client a request with this idempotency key is known to have made, on this computer. */
  readonly clientMadeBy: (idempotencyKey: string) => Promise<string | null>;
  /** Calls back when a lost answer was found again. Returns the way to stop. */
  readonly onFound: (listener: () => void) => () => void;
}

/** Given by `PendingReveals` of the feature `secrets`. */
export const SecretActsContext = createContext<SecretActs | null>(null);

/** The acts on secrets, below the frame. */
export function useSecretActs(): SecretActs {
  const acts = useContext(SecretActsContext);
  if (acts === null) throw new Error('A part that makes secrets stands outside the frame');
  return acts;
}
