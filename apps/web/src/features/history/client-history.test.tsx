import type { AuditEvent } from '@latchkey/domain/audit';
import { auditGenesis } from '@latchkey/domain/audit';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { cleanup } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serverAnswers } from '../../testing/answers.ts';
import { aSession, inFrame } from '../../testing/in-frame.tsx';
import { ClientHistory } from './client-history.tsx';

const clientId = '6f1c1f0e-6f0b-4e6a-9d52-0c1f7a9b2d11';
const anEvent = (seq: number, changes: Partial<AuditEvent> = {}): AuditEvent => ({
  seq,
  at: '2026-11-21T12:00:00.000Z',
  actor: { kind: 'person', id: 'ada', name: 'Ada Lindqvist', issuer: 'https://platform.example' },
  session: null,
  address: '203.0.113.5',
  action: 'client.edited',
  client: { id: clientId, name: 'Order sync' },
  outcome: 'succeeded',
  reason: null,
  changes: [],
  details: {},
  requestId: `request-${seq}`,
  previousHash: auditGenesis,
  hash: auditGenesis,
  ...changes,
});
const answering = (pages: Record<string, { items: AuditEvent[]; next: number | null }>) =>
  serverAnswers(({ path }) => {
    if (!path.includes('/history')) return [];
    return pages[new URL(path, 'http://x').searchParams.get('before') ?? 'first'];
  });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the history of a client', () => {
  it('says who did what, when in both zones, why, and what changed', async () => {
    answering({
      first: {
        items: [
          anEvent(2, { reason: 'Clearer name', changes: [{ field: 'name', before: 'Sync', after: 'Order sync' }] }),
          anEvent(1, { action: 'scope.removed', changes: [{ field: 'scopes', before: ['users'], after: null }] }),
        ],
        next: null,
      },
    });
    await inFrame(<ClientHistory clientId={clientId} />, aSession(), { timeZone: 'Europe/Berlin' });
    const edited = (await screen.findByText('Edited the client')).closest('li')!;
    expect(edited.textContent).toContain('Ada Lindqvist');
    expect(edited.textContent).toContain('Sat, 21 Nov 2026, 13:00 CET (2026-11-21 12:00:00 UTC)');
    expect(edited.textContent).toContain('Clearer name');
    expect(edited.textContent).toMatch(/from Sync.*to Order sync/);
    expect(edited.textContent).toContain('request-2');
    expect(screen.getByText('Removed scopes').closest('li')?.textContent).toContain('Removed: users');
  });

  it('keeps the receipt of a reveal, without the secret', async () => {
    const ways = [{ way: 'copied', form: 'vault' }];
    answering({
      first: {
        items: [anEvent(1, { action: 'secret.acknowledged', details: { ways, storedWhere: 'Vault, team orders' } })],
        next: null,
      },
    });
    await inFrame(<ClientHistory clientId={clientId} />);
    const event = (await screen.findByText('Said that the secret is stored')).closest('li')!;
    expect(event.textContent).toContain('copied (HashiCorp Vault)');
    expect(event.textContent).toContain('Vault, team orders');
  });

  it('says the reason of a refusal in words', async () => {
    answering({ first: { items: [anEvent(1, { outcome: 'refused', reason: 'client.changed' })], next: null } });
    await inFrame(<ClientHistory clientId={clientId} />);
    const event = (await screen.findByText('Editing the client was refused')).closest('li')!;
    expect(within(event).getByText(/Somebody else changed this client meanwhile/)).toBeTruthy();
  });

  it('shows earlier events on demand', async () => {
    answering({
      first: { items: [anEvent(9)], next: 9 },
      '9': { items: [anEvent(3, { action: 'client.created' })], next: null },
    });
    await inFrame(<ClientHistory clientId={clientId} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Show earlier events' }));
    expect(await screen.findByText('Created the client')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show earlier events' })).toBeNull();
  });

  it('says what will stand there while it is empty', async () => {
    answering({ first: { items: [], next: null } });
    await inFrame(<ClientHistory clientId={clientId} />);
    expect(await screen.findByText('Nothing has happened yet')).toBeTruthy();
  });
});
