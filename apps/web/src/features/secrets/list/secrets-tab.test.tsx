import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aClientDetail } from '../../../testing/a-client-detail.ts';
import { refused, serverAnswers } from '../../../testing/answers.ts';
import { inFrame } from '../../../testing/in-frame.tsx';
import { SecretsTab } from './secrets-tab.tsx';

const current = {
  id: 'new',
  hint: 'wxyz',
  createdAt: '2026-11-21T11:00:00.000Z',
  createdBy: { id: 'ada', name: 'Ada Lindqvist' },
  lastUsedAt: null,
  usesToday: 0,
  endsAt: null,
  state: 'current',
  reason: 'scheduled',
};
const previous = {
  ...current,
  id: 'old',
  hint: 'abcd',
  usesToday: 7,
  lastUsedAt: '2026-11-21T11:30:00.000Z',
  endsAt: '2030-11-22T11:00:00.000Z',
  state: 'previous',
  reason: null,
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the secrets of a client', () => {
  it('are told by their last characters, and only the previous one can be stopped, after a question', async () => {
    const sent = serverAnswers(({ method }) =>
      method === 'DELETE' ? undefined : { items: [current, previous], detailed: true },
    );
    await inFrame(<SecretsTab client={aClientDetail()} onGenerate={vi.fn()} />);
    const old = (await screen.findByText('••••abcd')).closest('li')!;
    const now = screen.getByText('••••wxyz').closest('li')!;
    expect(old.textContent).toMatch(/Stops.*in .*2030/);
    expect(within(now).queryByRole('button', { name: 'Stop the old one now' })).toBeNull();

    await userEvent.click(within(old).getByRole('button', { name: 'Stop the old one now' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('cannot come back');
    expect(dialog.textContent).toContain('7 times today');
    expect(sent.some(({ method }) => method === 'DELETE')).toBe(false);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Stop the secret' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent.find(({ method }) => method === 'DELETE')?.path).toContain('/secrets/old');
  });

  it('say that a lost one cannot be shown again, and lead to a new one', async () => {
    serverAnswers(() => ({ items: [current], detailed: true }));
    const onGenerate = vi.fn();
    await inFrame(<SecretsTab client={aClientDetail()} onGenerate={onGenerate} />);
    expect(screen.getByText(/cannot be shown again by anyone/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Generate a new one' }));
    expect(onGenerate).toHaveBeenCalledOnce();
  });

  it('say so when the only one that works cannot be stopped', async () => {
    serverAnswers(({ method }) =>
      method === 'DELETE' ? refused('secret.last_one') : { items: [previous], detailed: true },
    );
    await inFrame(<SecretsTab client={aClientDetail()} onGenerate={vi.fn()} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Stop the old one now' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Stop the secret' }));
    expect((await screen.findByRole('alert')).textContent).toContain('This is the only secret that still works');
  });

  it('are not promised where the grant type has none', async () => {
    serverAnswers(() => ({ items: [], detailed: true }));
    await inFrame(<SecretsTab client={aClientDetail({ grantTypes: ['TOKEN'] })} onGenerate={vi.fn()} />);
    expect(screen.getByText(/its grant type does not use one/)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
