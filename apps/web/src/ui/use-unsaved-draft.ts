import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSession } from '../session/session.tsx';

const prefix = 'latchkey.draft.';

/** How long one waits after the last key press before a draft is written, in milliseconds. */
const writeAfter = 300;

/** A draft and how to keep, read and drop it. */
export interface Draft<T> {
  /** What was kept from before, when the form opened; `null` when there was nothing. */
  readonly kept: T | null;
  /** Keeps the form's present values. */
  readonly keep: (values: T) => void;
  /** Drops the draft: it was saved, or is not wanted any more. */
  readonly drop: () => void;
}

/**
 * What a person typed and has not saved, kept on this computer under their id and the form's name, so that it outlives
 * a reload and the end of the session (product 2.2, 4.1). **Never give it a secret.** `read` turns what was stored back
 * into values and returns `null` for anything it does not know.
 */
export function useUnsavedDraft<T>(form: string, read: (stored: unknown) => T | null): Draft<T> {
  const { person } = useSession();
  const key = `${prefix}${person.id}.${form}`;
  const [kept] = useState(() => stored(key, read));
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; write: () => void } | null>(null);
  const settle = useCallback((write: boolean) => {
    if (!pending.current) return;
    clearTimeout(pending.current.timer);
    if (write) pending.current.write();
    pending.current = null;
  }, []);
  // A page that is left, by link or by the end of the session, writes what was typed last.
  useEffect(() => {
    const flush = () => settle(true);
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [settle]);
  return useMemo(
    () => ({
      kept,
      keep: (values) => {
        settle(false);
        const write = () => store(key, values);
        const timer = setTimeout(() => settle(true), writeAfter);
        pending.current = { timer, write };
      },
      drop: () => {
        settle(false);
        try {
          localStorage.removeItem(key);
        } catch {
          // Nothing was stored then.
        }
      },
    }),
    [kept, key, settle],
  );
}

function stored<T>(key: string, read: (stored: unknown) => T | null): T | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : read(JSON.parse(text));
  } catch {
    return null;
  }
}

function store(key: string, values: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(values));
  } catch {
    // A full or forbidden storage costs the draft, never the form.
  }
}

/** Drops all drafts of everybody on this computer: signing out leaves nothing behind. */
export function dropAllDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // Nothing was stored then.
  }
}
