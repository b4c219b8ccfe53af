const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('latchkey-session');

/** Tells the other tabs that the session has changed: signed out, or prolonged. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target origin
export const tellOtherTabs = (): void => channel?.postMessage('changed');

/** Calls back when another tab says so. Returns the way to stop. */
export function onOtherTab(listener: () => void): () => void {
  channel?.addEventListener('message', listener);
  return () => channel?.removeEventListener('message', listener);
}
