/** Why nobody is signed in, to be said on the page with the sign-in button. */
export type SignedOutReason = 'idle' | 'ended' | 'signed-out' | 'signed-out-everywhere';

const key = 'latchkey.signed-out';

/** Remembers the reason over the way through the Platform's sign-out page. */
export function rememberSignedOut(reason: SignedOutReason): void {
  try {
    sessionStorage.setItem(key, reason);
  } catch {
    // Without storage the page only says less.
  }
}

/** The remembered reason, once. */
export function takeSignedOutReason(): SignedOutReason | null {
  try {
    const reason = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return reason as SignedOutReason | null;
  } catch {
    return null;
  }
}
