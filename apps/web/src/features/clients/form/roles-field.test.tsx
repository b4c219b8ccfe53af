import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { RoleDivision } from '@latchkey/domain/client';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { inFrame } from '../../../testing/in-frame.tsx';
import { RolesField } from './roles-field.tsx';

const divisions = [
  { id: 'home', name: 'Home', home: true },
  { id: 'sales', name: 'Sales', home: false },
];
const aRole = (id: string, name: string, heldIn: string[]) => ({
  id,
  name,
  description: `${name} does things`,
  defaultRoleId: null,
  heldIn,
  permissions: null,
  broad: name === 'Admin',
});
const roles = [aRole('admin', 'Admin', []), aRole('runner', 'Runner', ['*']), aRole('sync', 'Sync', ['sales'])];

let latest: readonly RoleDivision[] = [];
const Form = () => {
  const [given, setGiven] = useState<RoleDivision[]>([]);
  const change = (next: RoleDivision[]) => {
    latest = next;
    setGiven(next);
  };
  return <RolesField given={given} onChange={change} roles={roles} divisions={divisions} faults={[]} />;
};

beforeEach(() => {
  latest = [];
});

describe('the roles', () => {
  it('that are not held are listed, cannot be chosen, and say who can give them', async () => {
    await inFrame(<Form />);
    const admin = screen.getByRole('checkbox', { name: /^Admin/ });
    expect(admin.getAttribute('aria-disabled')).toBe('true');
    const why = document.getElementById(admin.getAttribute('aria-describedby') ?? '');
    expect(why?.textContent).toContain('You do not hold this role');
    expect(why?.textContent).toContain('People with the role Admin can give it to you');
    await userEvent.click(admin);
    expect(latest).toEqual([]);
  });

  it('begin in Home, or where they are held, and are taken away by their own button', async () => {
    await inFrame(<Form />);
    await userEvent.click(screen.getByRole('checkbox', { name: 'Runner' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Sync' }));
    expect(latest).toEqual([
      { roleId: 'runner', divisionId: 'home' },
      { roleId: 'sync', divisionId: 'sales' },
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Remove the role Runner' }));
    expect(latest).toEqual([{ roleId: 'sync', divisionId: 'sales' }]);
  });

  it('are found by searching', async () => {
    await inFrame(<Form />);
    await userEvent.type(screen.getByRole('searchbox'), 'sync');
    const all = screen.getByRole('group', { name: 'All roles' });
    expect(within(all).getAllByRole('checkbox')).toHaveLength(1);
  });
});
