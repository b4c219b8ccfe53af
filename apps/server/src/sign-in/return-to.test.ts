import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeReturnTo } from './return-to.ts';

const console_ = new URL('https://console.example.com');

describe('the address to return to', () => {
  it.each([
    '/',
    '/clients',
    '/clients/0b7d3a5e?tab=secrets&q=a%20b#x',
    '/clients?filter=%2F%2Fevil',
    '/audit/2026-01-01',
  ])('%s is kept', (asked) => {
    expect(safeReturnTo(asked, console_)).toBe(asked);
  });

  it.each([
    '//evil',
    '///evil',
    '/\\evil',
    '\\/\\/evil',
    '\\\\evil',
    '/%09/evil',
    '/%0d/evil',
    '/%0a/evil',
    '/\t/evil',
    '/\r/evil',
    '/.//evil',
    '/..//evil',
    '/a/..//evil',
    '/%2e//evil',
    '/%2f/evil',
    '/%2Fevil',
    '/%5cevil',
    '/%255cevil',
    'https:evil',
    'https:/evil',
    'https://evil',
    'HTTPS://evil',
    'https://console.example.com@evil',
    'https://console.example.com.',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    ' //evil',
    '/ /evil',
    '/／evil',
    '／／evil',
    '/%ef%bc%8fevil',
    `/${'a'.repeat(10_240)}`,
    '',
    'clients',
    '/api/clients',
    '/API/clients',
    '/sign-in',
    '/sign-in/callback?code=x',
    '/a//b',
    undefined,
    null,
    7,
    ['/a'],
    { a: '/a' },
  ])('%j leads to the first page', (asked) => {
    expect(safeReturnTo(asked, console_)).toBe('/');
  });

  it('stays on the console’s origin, whatever is asked for', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl(),
          fc
            .array(fc.constantFrom('/', '\\', '.', '%2e', '%09', '@', ':', 'evil', '?', '#', 'https:'))
            .map((parts) => parts.join('')),
        ),
        (asked) => {
          const to = safeReturnTo(asked, console_);
          expect(new URL(to, console_.origin).origin).toBe(console_.origin);
          expect(to).toMatch(/^\/(?!\/)/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
