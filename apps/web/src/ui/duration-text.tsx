import { useIntl } from 'react-intl';

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A number of seconds in words, in at most so many units: "1 hour", "2 days 3 hours", "59 seconds". */
export function useDuration(): (seconds: number, parts?: number) => string {
  const intl = useIntl();
  return (seconds, parts = 2) => {
    let rest = Math.max(0, Math.floor(seconds));
    const words: string[] = [];
    for (const [unit, size] of units) {
      const amount = Math.floor(rest / size);
      rest -= amount * size;
      if (amount > 0) words.push(intl.formatNumber(amount, { style: 'unit', unit, unitDisplay: 'long' }));
    }
    if (words.length === 0) return intl.formatNumber(0, { style: 'unit', unit: 'second', unitDisplay: 'long' });
    return words.slice(0, parts).join(' ');
  };
}

/** A duration in words. */
export const DurationText = ({ seconds, parts = 2 }: { seconds: number; parts?: number }) => (
  <span className="tabular">{useDuration()(seconds, parts)}</span>
);
