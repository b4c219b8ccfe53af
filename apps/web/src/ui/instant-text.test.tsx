import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inFrame } from '../testing/in-frame.tsx';
import { DurationText } from './duration-text.tsx';
import { InstantText } from './instant-text.tsx';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-25T13:00:00.000Z') }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
const at = '2026-12-01T14:05:09.000Z';

it('tells how far, when, in which zone, and UTC on focus', async () => {
  await inFrame(<InstantText at={at} />);
  const time = screen.getByText('in 6 days, Tue, 1 Dec 2026, 14:05 UTC');
  expect(time.getAttribute('datetime')).toBe(at);
  await userEvent.tab();
  expect((await screen.findByRole('tooltip')).textContent).toContain('2026-12-01 14:05:09 UTC');
});

it('tells the rest on hover in a row of a table, where it costs one element', async () => {
  await inFrame(<InstantText at={at} show="relative" plain />);
  const time = screen.getByText('in 6 days');
  expect(time.hasAttribute('tabindex')).toBe(false);
  await userEvent.hover(time);
  expect(time.title).toBe('Tue, 1 Dec 2026, 14:05 UTC\n2026-12-01 14:05:09 UTC');
});

it.each([
  ['2026-11-25T12:59:20.000Z', '40 seconds ago'],
  ['2026-11-25T12:15:00.000Z', '45 minutes ago'],
  ['2026-11-24T13:00:00.000Z', '24 hours ago'],
  ['2026-10-10T13:00:00.000Z', '46 days ago'],
  ['2026-05-01T13:00:00.000Z', '6 months ago'],
  ['2023-01-01T13:00:00.000Z', '3 years ago'],
])('says %s in a unit that is still telling', async (past, words) => {
  await inFrame(<InstantText at={past} show="relative" plain />);
  expect(screen.getByText(words)).toBeDefined();
});

it.each([
  [0, '0 seconds'],
  [59, '59 seconds'],
  [3_600, '1 hour'],
  [93_784, '1 day 2 hours'],
])('says %i seconds in words', async (seconds, words) => {
  await inFrame(<DurationText seconds={seconds} />);
  expect(screen.getByText(words)).toBeDefined();
});
