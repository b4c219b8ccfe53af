import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serverAnswers } from '../../../testing/answers.ts';
import { inFrame } from '../../../testing/in-frame.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type InventorySearch, withoutDefaults } from './inventory-search.ts';

let latest: InventorySearch = {};
const Bar = ({ start }: { start: InventorySearch }) => {
  const [search, setSearch] = useState(start);
  const replace = (next: InventorySearch) => {
    latest = next;
    setSearch(next);
  };
  return (
    <FilterBar
      search={search}
      set={(change) => replace(withoutDefaults({ ...search, ...change }))}
      replace={replace}
      rows={[]}
    />
  );
};

afterEach(() => vi.unstubAllGlobals());

describe('the filters', () => {
  it('name a person whom no row and no first answer names', async () => {
    const sent = serverAnswers(({ path }) =>
      path.includes('ids=p-99') ? [{ id: 'p-99', name: 'Zoë (Late) Zuse', email: 'zoe@northwind.example' }] : [],
    );
    await inFrame(<Bar start={{ modifiedBy: ['p-99'], ownerIds: ['none'] }} />);
    expect(await screen.findByRole('button', { name: 'Modified by: Zoë (Late) Zuse' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Owner: Nobody' })).toBeDefined();
    expect(sent.map(({ path }) => path)).toEqual(['/api/choices/people?ids=p-99']);
  });

  it('take a text as it is typed, and go when it is emptied', async () => {
    await inFrame(<Bar start={{ redirectUri: 'old' }} />);
    await userEvent.click(screen.getByRole('button', { name: 'Redirect URI: contains “old”' }));
    const field = await screen.findByRole('textbox', { name: 'Contains' });
    await userEvent.clear(field);
    await userEvent.type(field, ' localhost:8080 ');
    await waitFor(() => expect(latest).toEqual({ redirectUri: 'localhost:8080' }));
    await userEvent.clear(field);
    await userEvent.keyboard('{Enter}');
    expect(latest).toEqual({});
  });

  it('tell when a rotation is due and a client goes', async () => {
    await inFrame(<Bar start={{ rotations: ['overdue', 'soon'], removalTo: '2026-12-03T12:00:00.000Z' }} />);
    expect(screen.getByRole('button', { name: 'Rotation due: Overdue, Within 7 days' })).toBeDefined();
    expect(screen.getByRole('button', { name: /^Gone for good: before .*3 Dec/ })).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Rotation due: Overdue, Within 7 days' }));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Overdue' }));
    expect(latest.rotations).toEqual(['soon']);
  });
});
