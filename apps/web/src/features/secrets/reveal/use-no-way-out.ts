import { useBlocker } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { announce } from '../../../ui/announce.tsx';
import { useWords } from '../../../words/words.tsx';

/**
 * Keeps the person here while a secret is neither stored nor gone: links, Back and Forward do nothing, and closing or
 * reloading the tab asks first (product 5.1, security K-09). `tried` counts the attempts to leave, to say what is missing.
 */
export function useNoWayOut(closed: boolean): { tried: number; onTry: () => void } {
  const say = useWords();
  const [tried, setTried] = useState(0);
  const onTry = useCallback(() => {
    setTried((before) => before + 1);
    announce(say('reveal.notYet'));
  }, [say]);
  useBlocker({
    shouldBlockFn: () => {
      if (closed) onTry();
      return closed;
    },
    enableBeforeUnload: closed,
  });
  return { tried, onTry };
}
