/** A request counts as the person's own within this many milliseconds of their last key press, click or touch. */
const ownWithin = 30_000;

let lastInput = Date.now();

/** Notes each sign of a person at this page. Returns the way to stop. */
export function watchInput(onInput?: () => void): () => void {
  const note = () => {
    lastInput = Date.now();
    onInput?.();
  };
  const kinds = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
  for (const kind of kinds) window.addEventListener(kind, note, { capture: true, passive: true });
  return () => {
    for (const kind of kinds) window.removeEventListener(kind, note, { capture: true });
  };
}

/**
 * Whether nobody has touched the page for a while, so that what it asks for now is polling and not activity: polling
 * never keeps a session alive (security S-14).
 */
export const nobodyHere = (now = Date.now()): boolean => now - lastInput > ownWithin;
