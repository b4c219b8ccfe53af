import type { IntlShape } from 'react-intl';

const minute = 60_000;
const steps = [
  { unit: 'second', milliseconds: 1_000, upTo: minute },
  { unit: 'minute', milliseconds: minute, upTo: 60 * minute },
  { unit: 'hour', milliseconds: 60 * minute, upTo: 36 * 60 * minute },
  { unit: 'day', milliseconds: 1_440 * minute, upTo: 60 * 1_440 * minute },
  { unit: 'month', milliseconds: 43_830 * minute, upTo: 730 * 1_440 * minute },
] as const;
const year = { unit: 'year', milliseconds: 525_960 * minute } as const;

/** "in 6 days", "3 hours ago": in the largest unit that is still telling. */
export function relative(intl: IntlShape, at: string, now: number): string {
  const difference = Date.parse(at) - now;
  const step = steps.find(({ upTo }) => Math.abs(difference) < upTo) ?? year;
  return intl.formatRelativeTime(Math.trunc(difference / step.milliseconds), step.unit, { numeric: 'auto' });
}

/** "Tue 1 Dec 2026, 14:05 CET": the person's own zone, named. */
export const local = (intl: IntlShape, at: string): string =>
  intl.formatDate(at, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });

/** "1 Dec 2026": where a table has no room for more. */
export const date = (intl: IntlShape, at: string): string =>
  intl.formatDate(at, { day: 'numeric', month: 'short', year: 'numeric' });

/** "2026-12-01 13:05:00 UTC". */
export const utc = (at: string): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
