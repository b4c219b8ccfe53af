import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { youngForSeconds } from '@latchkey/domain/deletion';
import { act as reactAct, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aClientDetail } from '../../../testing/a-client-detail.ts';
import { refused, serverAnswers, type Sent } from '../../../testing/answers.ts';
import { aSession, inFrame } from '../../../testing/in-frame.tsx';
import { DeleteDialog } from './delete-dialog.tsx';

const now = new Date('2026-11-21T12:00:00.000Z');
const aged = (seconds: number, changes: Partial<ClientDetail> = {}) =>
  aClientDetail({ ...changes, dateCreated: new Date(now.getTime() - seconds * 1000).toISOString() }, now);
async function show(client: ClientDetail) {
  const onClose = vi.fn();
  const onGone = vi.fn();
  let change: (next: ClientDetail) => void = () => undefined;
  const Shown = () => {
    const [shown, setShown] = useState(client);
    change = setShown;
    return <DeleteDialog client={shown} onClose={onClose} onGone={onGone} />;
  };
  await inFrame(<Shown />, aSession(), { timeZone: 'Europe/Berlin' });
  return { onClose, onGone, becomes: (next: ClientDetail) => reactAct(() => change(next)) };
}
const act = () => screen.getByRole('button', { name: 'Delete client' });
const text = () => screen.getByRole('dialog').textContent ?? '';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('deleting a client', () => {
  it('says for one of exactly 30 days that nobody can bring it back, and offers to switch it off until day 31', async () => {
    await show(aged(youngForSeconds));
    expect(screen.getByRole('heading', { name: /^Delete “\s*Order sync\s*”\?$/ })).toBeTruthy();
    expect(text()).toContain('gone for good at once. Nobody can bring it back.');
    expect(text()).toContain('(2026-11-21 12:00:01 UTC)');
    expect(screen.getAllByRole('button')[0]?.textContent).toBe('Deactivate for now');
    expect(screen.getByLabelText(/Type the client’s name/)).toBeTruthy();
  });

  it('says for one a second older until when it can come back, in the zone of the person and in UTC', async () => {
    await show(aged(youngForSeconds + 1));
    expect(text()).toContain(
      'You can bring this client back for seven days, until Sat, 28 Nov 2026, 13:00 CET (2026-11-28 12:00:00 UTC).',
    );
    expect(screen.queryByLabelText(/Type the client’s name/)).toBeNull();
    expect(screen.queryByRole('button', { name: 'Deactivate for now' })).toBeNull();
  });

  it('has the safe way out before the act, with the focus on it', async () => {
    await show(aged(youngForSeconds + 1));
    const keep = screen.getByRole('button', { name: 'Keep the client' });
    expect(document.activeElement).toBe(keep);
    expect(keep.compareDocumentPosition(act())).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('deletes for good only after the name was typed to the letter', async () => {
    const requests = serverAnswers(() => ({ meaning: 'final', client: null }));
    const { onGone } = await show(aged(5));
    expect(act()).toHaveProperty('disabled', true);
    await userEvent.type(screen.getByLabelText(/Type the client’s name/), 'order sync');
    expect(act()).toHaveProperty('disabled', true);
    await userEvent.clear(screen.getByLabelText(/Type the client’s name/));
    await userEvent.type(screen.getByLabelText(/Type the client’s name/), 'Order sync');
    await userEvent.click(act());
    await waitFor(() => expect(onGone).toHaveBeenCalledOnce());
    expect(requests[0]).toMatchObject({
      method: 'POST',
      body: { meaning: 'final', confirmName: 'Order sync', version: 'one' },
    });
  });

  it('names what stops: hosts, roles in divisions, and that it is in use', async () => {
    await show(
      aged(youngForSeconds + 1, {
        grantTypes: ['CODE', 'CLIENT-CREDENTIALS'],
        redirectUris: ['https://shop.example/in', 'https://shop.example/out', 'com.example.app:/cb'],
        dateLastUsed: '2026-11-21T11:00:00.000Z',
      }),
    );
    expect(text()).toContain('shop.example and com.example.app:');
    expect(text()).toContain('Reporting Reader (Home)');
    expect(text()).toContain('It is in use: it got its last token 1 hour ago');
    expect(text()).toContain('other organizations that authorized this client');
  });

  it('asks again when the meaning changed meanwhile, and says what it is now', async () => {
    const later = { ...aged(youngForSeconds + 1), version: 'two' };
    const requests: Sent[] = serverAnswers(() => refused('deletion.meaning_changed', { current: later }));
    const { becomes, onClose, onGone } = await show(aged(youngForSeconds));
    await userEvent.type(screen.getByLabelText(/Type the client’s name/), 'Order sync');
    await userEvent.click(act());
    await screen.findByText(/Nothing was deleted: the meaning of deleting has changed/);
    becomes(later);
    expect(text()).toContain('You can bring this client back for seven days');
    expect(text()).toContain('The client is older than 30 days now');
    expect(onClose).not.toHaveBeenCalled();
    expect(onGone).not.toHaveBeenCalled();
    await userEvent.click(act());
    await waitFor(() => expect(requests).toHaveLength(2));
    expect(requests[1]?.body).toEqual({ meaning: 'restorable', version: 'two' });
    expect(requests[1]?.idempotencyKey).not.toBe(requests[0]?.idempotencyKey);
  });

  it('sends the same request with the same key when an answer was lost', async () => {
    const requests = serverAnswers(() => refused('outcome.unknown'));
    await show(aged(youngForSeconds + 1));
    await userEvent.click(act());
    await screen.findByText('The Platform did not say whether it did this');
    await userEvent.click(act());
    await waitFor(() => expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2));
    const [first, second] = requests.filter(({ method }) => method === 'POST');
    expect(second).toEqual(first);
  });
});
