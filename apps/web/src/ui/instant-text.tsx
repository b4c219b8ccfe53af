import { useIntl } from 'react-intl';
import { serverNow, useServerNow } from '../session/clock.ts';
import { date, local, relative, utc } from './format-instant.ts';
import { Hint } from './hint.tsx';

type Show = 'full' | 'date' | 'relative' | 'local';

/**
 * An instant in the person's own zone, with UTC on hover and focus (product 15.2). `full`: "in 6 days, Tue 1 Dec 2026,
 * 14:05 CET"; `local`: without the relative part; `relative`: "in 6 days"; `date`: the day alone. In rows of a long
 * table use `plain`: it costs one element and tells the rest in its title.
 */
export const InstantText = ({ plain = false, ...rest }: { at: string; show?: Show; plain?: boolean }) =>
  plain ? <PlainInstant {...rest} /> : <LiveInstant {...rest} />;

/** Written once and not renewed by itself: rows of a table come and go, and are read again anyway. */
const PlainInstant = ({ at, show = 'full' }: { at: string; show?: Show }) => {
  const { text, more } = useTexts(at, show, serverNow());
  return (
    <time dateTime={at} title={more}>
      {text}
    </time>
  );
};

const LiveInstant = ({ at, show = 'full' }: { at: string; show?: Show }) => {
  const { text, more } = useTexts(at, show, useServerNow(60_000));
  return (
    <Hint label={<span style={{ whiteSpace: 'pre-line' }}>{more}</span>}>
      {/* The tab stop is the keyboard's way to the UTC time. */}
      <time dateTime={at} tabIndex={0}>
        {text}
      </time>
    </Hint>
  );
};

function useTexts(at: string, show: Show, now: number): { text: string; more: string } {
  const intl = useIntl();
  const near = relative(intl, at, now);
  const own = local(intl, at);
  const text = { full: `${near}, ${own}`, date: date(intl, at), relative: near, local: own }[show];
  const parts = [show === 'date' || show === 'local' ? near : null, show === 'date' || show === 'relative' ? own : null, utc(at)];
  return { text, more: parts.filter((part) => part !== null).join('\n') };
}
