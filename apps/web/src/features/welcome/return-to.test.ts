import { afterEach, expect, it } from 'vitest';
import { failureIn, placeToReturnTo, rememberReturnTo } from './return-to.ts';

afterEach(() => sessionStorage.clear());
const at = (address: string) => {
  const { pathname, search, hash } = new URL(address, 'http://console.test');
  return { pathname, search, hash };
};

it('comes back to the page with its search part and its place', () => {
  expect(placeToReturnTo(at('/clients?q=a&states=active#top'))).toBe('/clients?q=a&states=active#top');
});

it('begins at the clients after signing out', () => {
  expect(placeToReturnTo(at('/signed-out'))).toBe('/clients');
  expect(placeToReturnTo(at('/'))).toBe('/clients');
});

it('returns to where a failed sign-in began, and not to there after signing out', () => {
  rememberReturnTo('/clients/new?step=review');
  expect(placeToReturnTo(at('/signed-out?why=denied'))).toBe('/clients/new?step=review');
  expect(placeToReturnTo(at('/signed-out'))).toBe('/clients');
});

it('knows the reasons of the server, and takes an unknown one for a fault of ours', () => {
  expect(failureIn(at('/signed-out?why=person'))).toBe('person');
  expect(failureIn(at('/signed-out?why=<script>'))).toBe('server');
  expect(failureIn(at('/clients?why=person'))).toBeNull();
});
