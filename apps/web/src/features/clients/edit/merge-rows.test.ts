// @vitest-environment node
import { ClientForm } from '@latchkey/contract/console-api/models';
import { describe, expect, it } from 'vitest';
import { aClientDetail } from '../../../testing/a-client-detail.ts';
import { mergeView } from './merge-rows.ts';

const base = ClientForm.parse(
  aClientDetail({ grantTypes: ['CODE'], scopes: ['a', 'b'], redirectUris: ['https://a.example/'] }),
);

describe('both versions of an edit', () => {
  it('keep what only one of the two changed, without a question', () => {
    const { rows, open, merged } = mergeView(
      base,
      { ...base, purpose: 'Mine' },
      { ...base, environment: 'production' },
    );
    expect(rows.map(({ field, by }) => [field, by])).toEqual([
      ['purpose', 'mine'],
      ['environment', 'theirs'],
    ]);
    expect(open).toEqual([]);
    expect(merged).toMatchObject({ purpose: 'Mine', environment: 'production' });
  });

  it('put lists together element by element', () => {
    const { rows, merged } = mergeView(base, { ...base, scopes: ['a', 'b', 'c'] }, { ...base, scopes: ['b', 'd'] });
    expect(rows).toMatchObject([{ field: 'scopes', by: 'both', merged: ['b', 'd', 'c'] }]);
    expect(merged.scopes).toEqual(['b', 'd', 'c']);
  });

  it('leave a conflict open until somebody chooses, and put it first', () => {
    const [mine, theirs] = [
      { ...base, name: 'Mine', purpose: 'x' },
      { ...base, name: 'Theirs' },
    ];
    const { rows, open } = mergeView(base, mine, theirs);
    expect(rows[0]).toMatchObject({ field: 'name', by: 'conflict', merged: undefined });
    expect(open).toEqual(['name']);
    expect(mergeView(base, mine, theirs, { name: 'mine' })).toMatchObject({
      open: [],
      merged: { name: 'Mine', purpose: 'x' },
    });
    expect(mergeView(base, mine, theirs, { name: 'theirs' })).toMatchObject({
      open: [],
      merged: { name: 'Theirs', purpose: 'x' },
    });
  });

  it('take two people by their id, whatever their names', () => {
    const [one, two] = [
      { id: '1', name: 'Kim' },
      { id: '2', name: 'Kim' },
    ];
    expect(mergeView(base, { ...base, owner: one }, { ...base, owner: two }).open).toEqual(['owner']);
    expect(mergeView(base, { ...base, owner: one }, { ...base, owner: { ...one, name: 'Kim Berg' } }).open).toEqual([]);
  });

  it('have nothing to show when only the state of the client changed', () => {
    expect(mergeView(base, { ...base, purpose: 'Mine' }, base).rows).toMatchObject([{ field: 'purpose', by: 'mine' }]);
    expect(mergeView(base, base, base).rows).toEqual([]);
  });
});
