import { useEffect, useRef } from 'react';
import { serverNow, useServerNow } from '../../../session/clock.ts';
import { announce } from '../../../ui/announce.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import styles from './pending-removal.module.css';

const two = (number: number): string => String(number).padStart(2, '0');

/**
 * "6 days 23:59:59", down to the last second by the server's clock. The last minute is said once; the rest only shows,
 * or a screen reader would speak without end.
 */
export const Countdown = ({ name, until, onOver }: { name: string; until: string; onOver: () => void }) => {
  const say = useWords();
  const left = Math.max(0, Math.ceil((Date.parse(until) - useServerNow(1_000)) / 1000));
  const days = Math.floor(left / 86_400);
  const clock = `${two(Math.floor(left / 3_600) % 24)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  const lastMinute = left > 0 && left < 60;
  useEffect(() => {
    if (lastMinute) announce(say('clients.pending.finalMinute', { name }));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- said once
  }, [lastMinute]);
  const over = useRef(onOver);
  over.current = onOver;
  useEffect(() => {
    const wait = Date.parse(until) - serverNow() + 500;
    // A browser's timer holds at most 24.8 days.
    if (wait > 2 ** 31 - 1) return;
    const timer = setTimeout(() => over.current(), Math.max(wait, 1_000));
    return () => clearTimeout(timer);
  }, [until]);
  if (left === 0) return <Words id="clients.pending.gone" />;
  return (
    <time dateTime={until} className={styles['countdown']} data-near={left < 86_400 || undefined}>
      {say('clients.pending.left', { days, clock })}
    </time>
  );
};
