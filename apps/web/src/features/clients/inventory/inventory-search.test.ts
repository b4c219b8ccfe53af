import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '../../../app/flat-search.ts';
import { sentFor } from './inventory-query.ts';
import {
  defaultColumns,
  readInventorySearch,
  viewOf,
  widened,
  withoutDefaults,
  withoutFilters,
} from './inventory-search.ts';

const read = (address: string) => readInventorySearch(parseSearch(address));

describe('the address of the inventory', () => {
  it('keeps a search text that looks like a number a text', () => {
    expect(read('?q=42')).toEqual({ q: '42' });
  });

  it('reads one state and several', () => {
    expect(read('?states=active')).toEqual({ states: ['active'] });
    expect(read('?states=active&states=disabled')).toEqual({ states: ['active', 'disabled'] });
  });

  it('drops what it does not know, one by one', () => {
    expect(read('?states=active&states=gone&sort=colour&order=desc&createdFrom=yesterday&page=7')).toEqual({
      states: ['active'],
      order: 'desc',
    });
  });

  it('survives the way into the address and back', () => {
    const view = read(
      '?q=a%20b&states=active&grantTypes=CODE&unusedDays=90&sort=dateLastUsed&order=desc&columns=name&columns=id&pin=id&density=compact',
    );
    expect(read(stringifySearch(view))).toEqual(view);
  });

  it('is empty for the usual view', () => {
    expect(
      stringifySearch(
        withoutDefaults({
          sort: 'name',
          order: 'asc',
          density: 'comfortable',
          columns: [...defaultColumns],
          pin: ['name'],
          q: '',
        }),
      ),
    ).toBe('');
  });
});

describe('the view', () => {
  it('always shows the name, pinned, and pinned columns first', () => {
    const view = viewOf(read('?columns=state&columns=owner&pin=owner'));
    expect(view.columns).toEqual(['name', 'owner', 'state']);
    expect([...view.pins].toSorted()).toEqual(['name', 'owner']);
  });

  it('is told apart from a filtered one', () => {
    expect(viewOf(read('?q=a&sort=owner')).filtered).toBe(false);
    expect(viewOf(read('?findings=high')).filtered).toBe(true);
  });

  it('loses its filters, and its search text only when asked', () => {
    const view = read('?q=a&states=active&sort=owner');
    expect(withoutFilters(view)).toEqual({ q: 'a', sort: 'owner' });
    expect(widened(view)).toEqual({ sort: 'owner' });
  });
});

describe('what the server is asked', () => {
  it('leaves out what only concerns the looks', () => {
    expect(sentFor(read('?q=a&columns=name&pin=name&pin=id&density=compact'), 0)).toEqual({ q: 'a' });
  });

  it('counts unused days from today, in whole days, and spares clients that are younger', () => {
    const now = Date.parse('2026-11-21T12:34:56.000Z');
    expect(sentFor(read('?unusedDays=90'), now)).toEqual({
      lastTokenTo: '2026-08-23T00:00:00.000Z',
      createdTo: '2026-08-23T00:00:00.000Z',
    });
  });
});
