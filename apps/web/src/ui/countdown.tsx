import { useServerNow } from '../session/clock.ts';
import { useDuration } from './duration-text.tsx';

/** What is left until an instant, by the server's clock: "6 days 3 hours"; in the last hour second by second. */
export const Countdown = ({ until, over }: { until: string; over: string }) => {
  const duration = useDuration();
  const end = Date.parse(until);
  const coarse = useServerNow(60_000);
  const close = end - coarse < 3_600_000;
  const fine = useServerNow(close ? 1_000 : 60_000);
  const left = Math.ceil((end - (close ? fine : coarse)) / 1000);
  // The seconds are for the eye; a screen reader reads the text when it comes by.
  return <span className="tabular">{left > 0 ? duration(left) : over}</span>;
};
