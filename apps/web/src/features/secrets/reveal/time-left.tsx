import { Text } from '@mantine/core';
import type { Reveal } from '@latchkey/contract/console-api/models';
import { useEffect } from 'react';
import { serverNow, useServerNow } from '../../../session/clock.ts';
import { announce } from '../../../ui/announce.tsx';
import { useDuration } from '../../../ui/duration-text.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import styles from './reveal.module.css';

/** The last part of the time, in seconds, in which the countdown stands out. */
const nearEnd = 120;
/** When so many seconds are left, it is said to a screen reader. */
const said = [300, 120, 60, 30, 10];

/** What is left of the fifteen minutes: by the minute and calm, by the second in the last two (design, "Reveal"). */
export const TimeLeft = ({ until, onOver }: { until: Reveal['expiresAt']; onOver: () => void }) => {
  const say = useWords();
  const duration = useDuration();
  const left = Math.max(0, Math.ceil((Date.parse(until) - useServerNow(1_000)) / 1000));
  const near = left <= nearEnd;
  const step = said.findLast((seconds) => left <= seconds);
  useEffect(() => {
    if (step === undefined) return;
    const seconds = Math.max(0, Math.ceil((Date.parse(until) - serverNow()) / 1000));
    announce(say('reveal.left', { left: duration(seconds) }));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- one announcement per step
  }, [step]);
  const over = left === 0;
  useEffect(() => {
    if (over) onOver();
  }, [over, onOver]);
  return (
    <Text size="xs" {...(!near && { c: 'dimmed' })} className={`tabular ${near ? styles['near'] : ''}`}>
      <Icon name="clock" size={14} />{' '}
      <Words id="reveal.left" values={{ left: duration(near ? left : Math.ceil(left / 60) * 60) }} />
    </Text>
  );
};
