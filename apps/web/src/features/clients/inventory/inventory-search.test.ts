import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '../../../app/flat-search.ts';
import { ClientFilter, type ClientSort } from '@latchkey/domain/client-list';
import { allFilters, type Filter, isSet, membersOf } from './filters.ts';
import { sentFor } from './inventory-query.ts';
import {
  defaultColumns,
  filterMembers,
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

  it('holds a filter for every column', () => {
    const filterOf: Record<ClientSort, Filter> = {
      name: 'name',
      description: 'description',
      id: 'id',
      grantTypes: 'grantTypes',
      state: 'states',
      roles: 'roleIds',
      divisions: 'divisionIds',
      scopes: 'scopes',
      redirectUris: 'redirectUri',
      owner: 'ownerIds',
      environment: 'environments',
      dateCreated: 'created',
      createdBy: 'createdBy',
      dateModified: 'modified',
      modifiedBy: 'modifiedBy',
      dateLastUsed: 'lastToken',
      secretCreatedAt: 'secretOlderThanDays',
      nextRotationAt: 'rotation',
      findings: 'findings',
      dateToDelete: 'removal',
    };
    expect(new Set(allFilters)).toEqual(new Set([...Object.values(filterOf), 'unusedDays', 'rotations']));
    const members = allFilters.flatMap((filter) => membersOf(filter));
    expect(new Set(members)).toEqual(new Set(filterMembers));
    // What the server can be asked is all in the address, and the other way round, but for what the page works out.
    expect(new Set(members)).toEqual(
      new Set([...Object.keys(ClientFilter.shape), 'unusedDays']).difference(new Set('q')),
    );
    for (const filter of allFilters) expect(isSet(filter, {})).toBe(false);
  });

  it('keeps the filters by text, rotation and removal', () => {
    const address =
      '?name=a%20b&description=c&id=0b7d&redirectUri=https%3A%2F%2Fx&modifiedBy=p1&modifiedBy=p2&rotations=overdue&rotationTo=2026-12-01T00%3A00%3A00.000Z&removalFrom=2026-12-01T00%3A00%3A00.000Z';
    const view = read(`${address}&rotations=someday`);
    expect(view).toEqual({
      name: 'a b',
      description: 'c',
      id: '0b7d',
      redirectUri: 'https://x',
      modifiedBy: ['p1', 'p2'],
      rotations: ['overdue'],
      rotationTo: '2026-12-01T00:00:00.000Z',
      removalFrom: '2026-12-01T00:00:00.000Z',
    });
    expect(read(stringifySearch(view))).toEqual(view);
    expect(withoutFilters(view)).toEqual({});
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
