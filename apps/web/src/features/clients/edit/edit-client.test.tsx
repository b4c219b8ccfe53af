import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { act as reactAct, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aClientDetail } from '../../../testing/a-client-detail.ts';
import { refused, serverAnswers, type Sent } from '../../../testing/answers.ts';
import { aSession, inFrame } from '../../../testing/in-frame.tsx';
import { EditClient } from './edit-client.tsx';

const roles = [
  {
    id: 'reporting',
    name: 'Reporting Reader',
    description: '',
    defaultRoleId: null,
    heldIn: ['*'],
    permissions: [],
    broad: false,
  },
];
const session = aSession({
  roles: [{ roleId: 'reporting', roleName: 'Reporting Reader', divisionId: '*', divisionName: '*' }],
});
const divisions = [{ id: 'home', name: 'Home', home: true }];
const client = aClientDetail({
  roles: [{ roleId: 'reporting', roleName: 'Reporting Reader', divisionId: '*', divisionName: '*' }],
  roleDivisions: [{ roleId: 'reporting', divisionId: '*' }],
});

/** The choices of a form; everything else is for the test to answer. */
const answering = (answer: (sent: Sent) => unknown): Sent[] =>
  serverAnswers((sent) => {
    if (sent.path.includes('/choices/roles')) return roles;
    if (sent.path.includes('/choices/divisions')) return divisions;
    if (sent.path.includes('/choices/scopes')) return [{ id: 'users', description: '' }];
    if (sent.path.includes('/choices/')) return [];
    return answer(sent);
  });

async function show(shownClient: ClientDetail = client) {
  const onClose = vi.fn();
  let change: (next: ClientDetail) => void = () => undefined;
  const Shown = () => {
    const [now, setNow] = useState(shownClient);
    change = setNow;
    return <EditClient client={now} field={undefined} onClose={onClose} />;
  };
  await inFrame(<Shown />, session);
  await screen.findByText('Token duration');
  return { onClose, becomes: (next: ClientDetail) => reactAct(() => change(next)) };
}
const name = () => screen.getByLabelText(/^Name/);
const press = (label: string) => userEvent.click(screen.getByRole('button', { name: label }));
const puts = (sent: readonly Sent[]) => sent.filter(({ method }) => method === 'PUT');

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('editing a client', () => {
  it('is saved after its difference was seen, with the version it was made from and the reason', async () => {
    const sent = answering(() => ({ ...client, name: 'Order desk', version: 'two' }));
    const { onClose } = await show();
    await userEvent.clear(name());
    await userEvent.type(name(), 'Order desk');
    await press('Review the change');
    expect(puts(sent)).toEqual([]);
    await userEvent.type(screen.getByLabelText(/^Reason/), 'Clearer');
    await press('Save changes');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(puts(sent)).toMatchObject([{ body: { version: 'one', client: { name: 'Order desk' }, reason: 'Clearer' } }]);
    expect(localStorage).toHaveLength(0);
  });

  it('shows both versions when somebody else saved first, and saves the merge against theirs', async () => {
    const theirs = { ...client, purpose: 'Theirs', version: 'two' };
    let tries = 0;
    const sent = answering(({ method }) =>
      method === 'PUT' && tries++ === 0
        ? refused('client.changed', { current: theirs })
        : { ...theirs, name: 'Order desk' },
    );
    const { onClose, becomes } = await show();
    await userEvent.clear(name());
    await userEvent.type(name(), 'Order desk');
    await press('Review the change');
    await press('Save changes');
    await screen.findByRole('heading', { name: 'Somebody else changed this client meanwhile' });
    becomes(theirs);
    await press('Review the merged change');
    await press('Save changes');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(puts(sent)[1]?.body).toMatchObject({ version: 'two', client: { name: 'Order desk', purpose: 'Theirs' } });
  });

  it('puts what the server refused at its field', async () => {
    answering(() =>
      refused('input.invalid', {
        fields: [
          { field: 'name', reason: 'text.holds_secret', message: 'This text holds a secret.', remedy: 'Remove it.' },
        ],
      }),
    );
    await show();
    await userEvent.type(name(), ' lks');
    await press('Review the change');
    await press('Save changes');
    await screen.findByText('Name: This text holds a secret.');
    expect(name().getAttribute('aria-invalid')).toBe('true');
  });

  it('keeps what was typed when the page is left, and knows what it was made from', async () => {
    answering(() => client);
    await show();
    await userEvent.type(name(), ' 2');
    cleanup();
    await show({ ...client, purpose: 'Changed meanwhile', version: 'two' });
    expect(name()).toHaveProperty('value', 'Order sync 2');
    expect(screen.getByText(/Somebody changed this client after you began/)).toBeTruthy();
    await press('Compare');
    expect(screen.getByText('only they changed it; theirs is kept')).toBeTruthy();
  });

  it('asks before it gives up what was typed', async () => {
    answering(() => client);
    const { onClose } = await show();
    await userEvent.type(name(), ' 2');
    await press('Cancel');
    expect(onClose).not.toHaveBeenCalled();
    await press('Give up changes');
    expect(onClose).toHaveBeenCalledOnce();
    expect(localStorage).toHaveLength(0);
  });
});
