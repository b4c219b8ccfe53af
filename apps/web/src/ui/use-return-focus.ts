import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { pageHeadingId } from './page-heading.ts';

/**
 * Brings the focus back after a dialog or form: to the control of `page` that opened it, or, where that is gone because
 * the act changed what can be done, to the page's heading. `act` names what is open, if anything.
 */
export function useReturnFocus(act: string | undefined, page: RefObject<HTMLElement | null>): void {
  const last = useRef<HTMLElement | null>(null);
  const was = useRef(act);
  // While nothing is open, remembers where the focus is; a menu's item leads back to its button.
  useEffect(() => {
    if (act !== undefined) return;
    const note = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && page.current?.contains(target)) last.current = target;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [act, page]);
  useLayoutEffect(() => {
    const closed = was.current !== undefined && act === undefined;
    was.current = act;
    if (!closed) return;
    // After the dialog has let go of the focus.
    const timer = setTimeout(() => {
      const active = document.activeElement;
      if (active && active !== document.body && page.current?.contains(active)) return;
      const target = last.current?.isConnected ? last.current : document.getElementById(pageHeadingId);
      target?.focus({ preventScroll: target.id === pageHeadingId });
    }, 0);
    return () => clearTimeout(timer);
  }, [act, page]);
}
