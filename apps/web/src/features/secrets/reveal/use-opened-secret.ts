import type { Reveal } from '@latchkey/contract/console-api/models';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';

/** `no-key`: this browser does not have the key; `unreadable`: what came cannot be opened with it. */
export type Opening = 'opening' | 'open' | 'no-key' | 'unreadable';

/** An opened secret. */
export interface OpenedSecret {
  readonly state: Opening;
  /** The secret, for the moment of copying or showing it; null when it is not there (any more). Never store it. */
  readonly read: () => string | null;
  /** Forgets it. */
  readonly wipe: () => void;
}

/**
 * Opens a sealed secret and holds it in one place, which is emptied with the dialog (security K-10). It is in no React
 * state and no property, so that no earlier render keeps it.
 */
export function useOpenedSecret({ sealed, keyThumbprint }: Pick<Reveal, 'sealed' | 'keyThumbprint'>): OpenedSecret {
  const secret = useRef<string | null>(null);
  const [state, setState] = useState<Opening>('opening');
  useLayoutEffect(() => {
    let gone = false;
    const open = async (): Promise<Opening> => {
      const [{ keyOfReveal }, { openSealed }] = await Promise.all([
        import('./reveal-key.ts'),
        import('./open-sealed.ts'),
      ]);
      const key = await keyOfReveal(keyThumbprint);
      if (!key?.privateKey) return 'no-key';
      const text = await openSealed(sealed, key.privateKey);
      if (!gone) secret.current = text;
      return 'open';
    };
    open().then(
      (outcome) => !gone && setState(outcome),
      () => !gone && setState('unreadable'),
    );
    return () => {
      gone = true;
      secret.current = null;
    };
  }, [sealed, keyThumbprint]);
  return {
    state,
    read: useCallback(() => secret.current, []),
    wipe: useCallback(() => {
      secret.current = null;
    }, []),
  };
}
