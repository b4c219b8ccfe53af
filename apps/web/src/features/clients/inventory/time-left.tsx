import { useServerNow } from '../../../session/clock.ts';
import { useDuration } from '../../../ui/duration-text.tsx';
import { Words } from '../../../words/words.tsx';
import { utc } from '../../../ui/format-instant.ts';

/** "6 days 23 hours": how long a client can still be restored. */
export const TimeLeft = ({ until }: { until: string }) => {
  const duration = useDuration();
  const left = (Date.parse(until) - useServerNow(60_000)) / 1000;
  return (
    <time dateTime={until} title={utc(until)}>
      {left > 0 ? duration(left) : <Words id="clients.pending.gone" />}
    </time>
  );
};
