import 'fake-indexeddb/auto';
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Fault } from '@latchkey/contract/faults';
import type { ClientDetail, SecretView } from '@latchkey/contract/console-api/models';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SecretActsContext, type SecretActs } from '../../../secret-acts.ts';
import { aSession, inFrame } from '../../../testing/in-frame.tsx';
import { GenerateSecretDialog } from './generate-secret-dialog.tsx';
import { endsAfterGenerating } from './overlap.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
const aSecret = (id: string, state: SecretView['state'], endsAt: string | null, createdAt: string): SecretView => ({
  id,
  hint: 'abcd',
  createdAt,
  createdBy: { id: 'sam', name: 'Sam Okafor' },
  lastUsedAt: null,
  usesToday: null,
  endsAt,
  state,
  reason: null,
});
const secrets = [
  aSecret('new', 'current', null, '2026-11-20T00:00:00.000Z'),
  aSecret('old', 'previous', '2026-11-23T00:00:00.000Z', '2026-11-01T00:00:00.000Z'),
];
const client = {
  id: '6f0c5a8e-2b1d-4a7e-9c3f-1d2e3f4a5b6c',
  name: 'Payroll export',
  refusals: {},
} as unknown as ClientDetail;
const reveal = { id: 'r', clientId: client.id } as never;

/** What was asked of the acts, and with which idempotency key. */
let sent: { key: string; body: unknown }[] = [];
let outcome: () => Promise<unknown> = async () => ({ reveal });
const show = vi.fn<SecretActs['show']>();
const acts: SecretActs = {
  sealed: async (key, request) => {
    await request(
      { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) },
      { headers: { 'idempotency-key': key } },
    ).catch(() => undefined);
    const last = sent.at(-1);
    if (last) last.key = key;
    return (await outcome()) as never;
  },
  show,
  clientMadeBy: async () => null,
  onFound: () => () => undefined,
};

beforeEach(() => {
  sent = [];
  show.mockReset();
  outcome = async () => ({ reveal });
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    if (init.method === 'GET') return Response.json({ items: secrets, detailed: true });
    const { revealKey: _key, ...body } = JSON.parse(String(init.body)) as Record<string, unknown>;
    sent.push({ key: '', body });
    return Response.json({ code: 'server.failed' }, { status: 500 });
  });
});
afterEach(() => vi.unstubAllGlobals());

const opened = async (session = aSession()) => {
  const onClose = vi.fn<() => void>();
  await inFrame(
    <SecretActsContext value={acts}>
      <GenerateSecretDialog client={client} opened onClose={onClose} />
    </SecretActsContext>,
    session,
  );
  await screen.findByText(/The secret before that/);
  return { onClose, user: userEvent.setup() };
};
const generate = () => screen.getByRole('button', { name: 'Generate new secret' });

describe('generating a new secret', () => {
  it('keeps the old one for 24 hours unless told otherwise, and names the secret that it replaces', async () => {
    const { user, onClose } = await opened();
    expect(screen.getByText(/Callers using the old secret will be refused from/)).toBeDefined();
    await user.click(generate());
    await waitFor(() => expect(show).toHaveBeenCalledWith(reveal));
    expect(sent[0]?.body).toEqual({ reason: 'scheduled', keepPreviousForSeconds: 86_400, replaces: 'new' });
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('ends the old one at once when it is exposed, and asks for no time', async () => {
    const { user } = await opened();
    await user.click(screen.getByRole('radio', { name: /^Exposed/ }));
    expect(screen.getByText('Callers using the old secret will be refused at once.')).toBeDefined();
    expect(screen.queryByLabelText(/How long/)).toBeNull();
    await user.click(generate());
    await waitFor(() => expect(sent[0]?.body).toMatchObject({ reason: 'exposed', keepPreviousForSeconds: 0 }));
  });

  it('takes an own time up to seven days', async () => {
    const { user } = await opened();
    await user.selectOptions(screen.getByLabelText(/How long/), 'Another time');
    const hours = screen.getByLabelText('Hours');
    await user.clear(hours);
    await user.type(hours, '169');
    expect(screen.getByText(/at most seven days/, { selector: '[class*=error]' })).toBeDefined();
    expect(generate()).toHaveProperty('disabled', true);
    await user.clear(hours);
    await user.type(hours, '1.5');
    await user.click(generate());
    await waitFor(() => expect(sent[0]?.body).toMatchObject({ keepPreviousForSeconds: 5_400 }));
  });

  it('says so where the Platform keeps one secret only', async () => {
    const session = aSession();
    const platform = {
      ...session.platform,
      capabilities: { ...session.platform.capabilities, overlappingSecrets: false },
    };
    const { user } = await opened({ ...session, platform });
    expect(screen.getByText(/keeps one secret for each client/)).toBeDefined();
    await user.click(generate());
    await waitFor(() => expect(sent[0]?.body).toEqual({ reason: 'scheduled', replaces: 'new' }));
  });

  it('stays open with what went wrong, and asks again as the same request', async () => {
    const { user, onClose } = await opened();
    outcome = async () => {
      throw new Fault('platform.unreachable');
    };
    await user.click(generate());
    await screen.findByRole('alert', { name: '' });
    outcome = async () => ({ reveal });
    await user.click(generate());
    await waitFor(() => expect(show).toHaveBeenCalled());
    expect(sent[1]?.key).toBe(sent[0]?.key);
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('names who generated a secret meanwhile', async () => {
    const { user } = await opened();
    outcome = async () => {
      throw new Fault('secret.generated_meanwhile');
    };
    await user.click(generate());
    await screen.findByText(/generated the present secret/);
    expect(screen.getByText('Sam Okafor')).toBeDefined();
    expect(show).not.toHaveBeenCalled();
  });

  it('ends the secret before the last at once, and never moves an end later', () => {
    const ends = endsAfterGenerating(secrets, now, 86_400);
    expect(ends).toEqual({ current: '2026-11-22T12:00:00.000Z', older: now.toISOString() });
    expect(endsAfterGenerating([], now, 0)).toEqual({ current: now.toISOString(), older: null });
  });
});
