import { useEffect, useState } from 'react';

let aheadMilliseconds = 0;

/** Notes the server's clock, which decides when sessions and windows end, not the computer's own. */
export function noteServerClock(serverNow: string, receivedAt = Date.now()): void {
  aheadMilliseconds = Date.parse(serverNow) - receivedAt;
}

/** The present instant by the server's clock, in milliseconds since 1970. */
export const serverNow = (): number => Date.now() + aheadMilliseconds;

/**
 * The present instant by the server's clock, renewed every so many milliseconds on whole multiples, so that all
 * countdowns of a page tick together.
 */
export function useServerNow(everyMilliseconds: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(serverNow());
      timer = setTimeout(tick, everyMilliseconds - (serverNow() % everyMilliseconds) + 1);
    };
    timer = setTimeout(tick, everyMilliseconds - (serverNow() % everyMilliseconds) + 1);
    return () => clearTimeout(timer);
  }, [everyMilliseconds]);
  return now;
}
