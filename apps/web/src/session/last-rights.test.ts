import { consoleApi } from '@latchkey/contract/console-api/table';
import { beforeEach, expect, it, vi } from 'vitest';
import { aSession } from '../testing/in-frame.tsx';
import { probablyMay, rememberRights } from './last-rights.ts';

const { list, create } = consoleApi.clients;
const session = aSession({ permissions: ['oauth:client:view'] });
/** By a clock of the browser that is wrong. */
const during = 1_000_000;

beforeEach(() => localStorage.clear());

it('asks early for what the last person in this browser could read, while their session can still be there', () => {
  expect(probablyMay(list, during)).toBe(false);
  rememberRights(session, during);
  expect(probablyMay(list, during)).toBe(true);
  expect(probablyMay(create, during)).toBe(false);
  expect(probablyMay(list, during + 900_000)).toBe(false);
  rememberRights({ ...session, ends: { ...session.ends, absoluteEndsAt: session.ends.now } }, during);
  expect(probablyMay(list, during)).toBe(false);
});

it('asks for nothing early once nobody is signed in, and where an older page left something else', () => {
  rememberRights(session, during);
  rememberRights(null);
  expect(probablyMay(list, during)).toBe(false);
  localStorage.setItem('latchkey.rights', 'oauth:client:view');
  expect(probablyMay(list, during)).toBe(false);
});

it('does without a browser that keeps anything', () => {
  const refuse = () => {
    throw new Error('No storage here');
  };
  vi.stubGlobal('localStorage', { setItem: refuse, getItem: refuse, removeItem: refuse });
  rememberRights(session, during);
  expect(probablyMay(list, during)).toBe(false);
  vi.unstubAllGlobals();
});
