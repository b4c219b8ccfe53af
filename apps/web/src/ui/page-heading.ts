import { useEffect } from 'react';

/** The id of the one heading of a page. */
export const pageHeadingId = 'page-heading';

let wanted = false;

/** Another page is on its way; its heading takes the focus once it is there. */
export function wantHeadingFocus(): void {
  wanted = true;
  focusHeading();
}

/** Puts the focus on the heading, if a change of page asked for it and the heading is there. */
export function focusHeading(): void {
  const heading = document.getElementById(pageHeadingId);
  if (!wanted || heading === null) return;
  wanted = false;
  // An open dialog keeps the focus.
  if (document.querySelector('[aria-modal="true"]') === null) heading.focus({ preventScroll: true });
}

/** Called by the heading itself, for pages whose heading comes late. */
export const useHeadingFocus = (): void => useEffect(focusHeading, []);
