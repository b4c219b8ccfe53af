import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deletionMeaning,
  mayStillRestore,
  removalAfterSeconds,
  removalDate,
  restorableFrom,
  restorableUntil,
  youngForSeconds,
  youngUntil,
} from './deletion.ts';

const created = Date.parse('2026-03-01T12:34:56.789Z');
const client = { dateCreated: new Date(created).toISOString() };
const after = (seconds: number) => new Date(created + seconds * 1000);

describe('what deleting means', () => {
  test.each([
    [0, 'final'],
    [2_591_999, 'final'],
    [2_592_000, 'final'],
    [2_592_000.999, 'final'],
    [2_592_001, 'restorable'],
    [-3_600, 'final'],
    [-1e9, 'final'],
  ])('at an age of %d seconds it is %s', (age, meaning) => {
    expect(deletionMeaning(client, after(age))).toBe(meaning);
  });

  test('a creation date that cannot be read never promises a way back', () => {
    expect(deletionMeaning({ dateCreated: 'soon' }, after(1e9))).toBe('final');
  });

  test('the named instants are the two sides of the edge', () => {
    expect(deletionMeaning(client, new Date(youngUntil(client)))).toBe('final');
    expect(deletionMeaning(client, new Date(restorableFrom(client)))).toBe('restorable');
    expect(deletionMeaning(client, new Date(Date.parse(restorableFrom(client)) - 1))).toBe('final');
  });

  test('never depends on the calendar: leap days, year ends and clock changes are seconds', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.integer({ min: -1e7, max: 1e7 }),
        (start, age) => {
          const meaning = deletionMeaning({ dateCreated: start.toISOString() }, new Date(start.getTime() + age * 1000));
          expect(meaning).toBe(age > youngForSeconds ? 'restorable' : 'final');
        },
      ),
    );
  });
});

describe('the window to restore', () => {
  const deleted = new Date('2027-03-13T06:00:00.500Z');
  const pending = { state: 'pending-removal', dateToDelete: removalDate(deleted) } as const;

  test.each([
    [0, true],
    [603_936, true],
    [604_799, true],
    [604_799.999, true],
    [604_800, false],
    [605_664, false],
  ])('%d seconds after the deletion: %s', (seconds, open) => {
    expect(mayStillRestore(pending, new Date(deleted.getTime() + seconds * 1000))).toBe(open);
  });

  test('closes seven days after the deletion, in spite of a clock change in between', () => {
    expect(Date.parse(restorableUntil(pending) as string) - deleted.getTime()).toBe(removalAfterSeconds * 1000);
  });

  test('is not there for a client that is not pending removal', () => {
    expect(restorableUntil({ state: 'deactivated', dateToDelete: null })).toBeNull();
    expect(mayStillRestore({ state: 'active', dateToDelete: pending.dateToDelete }, deleted)).toBe(false);
  });
});
