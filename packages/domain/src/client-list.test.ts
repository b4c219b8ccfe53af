import { describe, expect, test } from 'vitest';
import { ClientFilter, ClientSort } from './client-list.ts';

describe('the filter of the inventory', () => {
  test('is empty by default and keeps what it knows', () => {
    expect(ClientFilter.parse({})).toEqual({});
    const filter = {
      q: 'dash',
      states: ['active'],
      grantTypes: ['CODE'],
      findings: ['high'],
      lastTokenTo: '2026-08-23T00:00:00.000Z',
    };
    expect(ClientFilter.parse(filter)).toEqual(filter);
  });

  test('reads a number from a URL, and nothing else as one', () => {
    expect(ClientFilter.parse({ secretOlderThanDays: '30' })).toEqual({ secretOlderThanDays: 30 });
    for (const secretOlderThanDays of ['', '0', '-1', '1.5', 'x', '1e9']) {
      expect(ClientFilter.safeParse({ secretOlderThanDays }).success).toBe(false);
    }
  });

  test('keeps texts of a reasonable length, and only kinds of due that there are', () => {
    const filter = { name: 'a', description: 'b', id: 'c', redirectUri: 'd', rotations: ['overdue', 'none'] };
    expect(ClientFilter.parse(filter)).toEqual(filter);
    for (const wrong of [{ name: 'a'.repeat(201) }, { rotations: ['someday'] }, { removalTo: 'tomorrow' }]) {
      expect(ClientFilter.safeParse(wrong).success).toBe(false);
    }
  });

  test.each(['__proto__', 'secret', 'name; drop table', ''])('cannot be sorted by %j', (column) => {
    expect(ClientSort.safeParse(column).success).toBe(false);
  });
});
