const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('latchkey-reveals');

/** Tells the other tabs that a secret was acknowledged here, so that none of them shows it any longer. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this origin alone
export const tellAcknowledged = (revealId: string): void => channel?.postMessage(revealId);

/** Calls back with the id of what another tab acknowledged. Returns the way to stop. */
export function onAcknowledged(listener: (revealId: string) => void): () => void {
  const hear = (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') listener(event.data);
  };
  channel?.addEventListener('message', hear);
  return () => channel?.removeEventListener('message', hear);
}
