import { type IntlShape, useIntl } from 'react-intl';
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
  const intl = useIntl();
  return (
    <time
      dateTime={at}
      // Made only when it is looked at: writing dates is what a row costs most.
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = moreOf(intl, at, show, serverNow());
      }}
    >
      {textOf(intl, at, show, serverNow())}
    </time>
  );
};

const LiveInstant = ({ at, show = 'full' }: { at: string; show?: Show }) => {
  const intl = useIntl();
  const now = useServerNow(60_000);
  return (
    <Hint label={<span style={{ whiteSpace: 'pre-line' }}>{moreOf(intl, at, show, now)}</span>}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard's way to the UTC time */}
      <time dateTime={at} tabIndex={0}>
        {textOf(intl, at, show, now)}
      </time>
    </Hint>
  );
};

function textOf(intl: IntlShape, at: string, show: Show, now: number): string {
  switch (show) {
    case 'full':
      return `${relative(intl, at, now)}, ${local(intl, at)}`;
    case 'date':
      return date(intl, at);
    case 'relative':
      return relative(intl, at, now);
    case 'local':
      return local(intl, at);
  }
}

/** What the text does not say, a line each; UTC always. */
function moreOf(intl: IntlShape, at: string, show: Show, now: number): string {
  const lines = [utc(at)];
  if (show === 'date' || show === 'relative') lines.unshift(local(intl, at));
  if (show === 'date' || show === 'local') lines.unshift(relative(intl, at, now));
  return lines.join('\n');
}
