import 'fake-indexeddb/auto';
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { Reveal } from '@latchkey/contract/console-api/models';
import { CompactEncrypt, importJWK } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inFrame } from '../../../testing/in-frame.tsx';
import { PendingReveals } from './pending-reveals.tsx';
import { keyForRequest, keyOfReveal } from './reveal-key.ts';

const secret = 'lks_mWq3-Zc_8rT0yXn5LwKd2FhVb7JsPq4GaEo1UiRt6NxCM00000A';
const revealId = '0b0e2a53-7c0f-4f3b-9c55-0d4f0f6a2b11';

/** The console at the other end of the wire, as far as a reveal speaks with it. */
let waiting: Reveal[] = [];
let listed = 0;
let asked: { path: string; body: unknown }[] = [];
let acknowledging: () => Response = () => answer({});
const answer = (body: unknown, status = 200) => Response.json(body, { status });

beforeEach(() => {
  asked = [];
  listed = 0;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = url.replace(/\?.*/, '');
    if (path === '/api/reveals') listed += 1;
    if (init.method === 'GET')
      return answer(
        path === '/api/reveals' ? waiting : { code: 'client.not_found' },
        path === '/api/reveals' ? 200 : 404,
      );
    asked.push({ path, body: JSON.parse(String(init.body)) });
    return path.endsWith('/acknowledge') ? acknowledging() : new Response(null, { status: 204 });
  });
});
afterEach(() => vi.unstubAllGlobals());

async function aReveal(changes: Partial<Reveal> = {}): Promise<Reveal> {
  const { publicKey, thumbprint } = await keyForRequest(crypto.randomUUID());
  const sealed = await new CompactEncrypt(new TextEncoder().encode(secret))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: thumbprint })
    .encrypt(await importJWK(publicKey, 'ECDH-ES'));
  return {
    id: revealId,
    clientId: '6f0c5a8e-2b1d-4a7e-9c3f-1d2e3f4a5b6c',
    clientName: 'Payroll export',
    why: 'created',
    sealed,
    keyThumbprint: thumbprint,
    createdAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 900_000).toISOString(),
    previousEndsAt: null,
    ...changes,
  };
}

async function opened(reveal: Reveal) {
  waiting = [reveal];
  acknowledging = () =>
    answer({
      clientId: reveal.clientId,
      clientName: reveal.clientName,
      acknowledgedAt: reveal.createdAt,
      ways: ['uncovered'],
      storedWhere: '',
    });
  const frame = await inFrame(
    <PendingReveals>
      <p>The page below</p>
    </PendingReveals>,
  );
  await screen.findByRole('dialog');
  return { ...frame, user: userEvent.setup() };
}
const stored = () => screen.getByRole<HTMLInputElement>('checkbox', { name: 'I have stored it' });
const done = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Done' });
const everything = () => document.documentElement.outerHTML;

/** Everything that script can reach from the page's elements through React. */
function reachable(): string {
  const seen = new Set<unknown>();
  const found: string[] = [];
  const visit = (value: unknown, depth: number) => {
    if (typeof value === 'string') found.push(value);
    if (typeof value !== 'object' || value === null || seen.has(value) || depth > 60) return;
    seen.add(value);
    if (value instanceof Node || value instanceof Window) return;
    for (const one of value instanceof Map || value instanceof Set ? value.values() : Object.values(value))
      visit(one, depth + 1);
  };
  for (const element of document.querySelectorAll('*')) {
    for (const name of Object.keys(element)) {
      if (name.startsWith('__react')) visit((element as unknown as Record<string, unknown>)[name], 0);
    }
  }
  return found.join('\n');
}

describe('the reveal of a secret that waits', () => {
  it('begins at its heading, covered, with no way out', async () => {
    await opened(await aReveal());
    const title = await screen.findByRole('heading', { name: 'Shown once. After this, nobody can show it again.' });
    await waitFor(() => expect(document.activeElement).toBe(title));
    await screen.findByRole('button', { name: 'Show' });
    expect(everything()).not.toContain(secret);
    expect(stored().disabled).toBe(true);
    expect(done().disabled).toBe(true);
  });

  it('opens the gate once the secret was shown, and finishes only with the box ticked', async () => {
    const { user } = await opened(await aReveal());
    await user.click(await screen.findByRole('button', { name: 'Show' }));
    expect(screen.getByText(secret)).toBeDefined();
    expect(stored().disabled).toBe(false);
    expect(done().disabled).toBe(true);
    await user.click(stored());
    await user.type(screen.getByLabelText('Where is it stored?'), 'Vault');
    await user.click(done());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked).toEqual([
      { path: `/api/reveals/${revealId}/ways`, body: { way: 'uncovered', form: 'plain' } },
      { path: `/api/reveals/${revealId}/acknowledge`, body: { storedWhere: 'Vault' } },
    ]);
  });

  it('opens the gate by copying while covered, and the clipboard has the secret before it says so', async () => {
    const { user } = await opened(await aReveal());
    await screen.findByRole('button', { name: 'Show' });
    await user.click(screen.getByRole('button', { name: 'Copy secret' }));
    await screen.findByText('Copied', { selector: 'button *' });
    expect(await navigator.clipboard.readText()).toBe(secret);
    expect(everything()).not.toContain(secret);
    expect(stored().disabled).toBe(false);
  });

  it('says what to do when the browser refuses to copy, and does not say "Copied"', async () => {
    const { user } = await opened(await aReveal());
    await screen.findByRole('button', { name: 'Show' });
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('No', 'NotAllowedError'));
    await user.click(screen.getByRole('button', { name: 'Copy secret' }));
    await screen.findByText(/The browser did not allow copying. The secret is selected/, { selector: 'p' });
    expect(screen.queryByText('Copied')).toBeNull();
    expect(screen.getByText(secret)).toBeDefined();
    vi.restoreAllMocks();
  });

  it('stays through Escape and a change of page, and says what is missing', async () => {
    const { user, router } = await opened(await aReveal());
    await screen.findByRole('button', { name: 'Show' });
    await user.keyboard('{Escape}');
    expect(screen.getByRole('dialog')).toBeDefined();
    expect(screen.getByText(/You cannot leave yet/, { selector: '[role=alert] *' })).toBeDefined();
    await act(async () => void router.navigate({ to: '/elsewhere' as never }));
    expect(screen.queryByText('Elsewhere')).toBeNull();
    expect(screen.getByRole('dialog')).toBeDefined();
  });

  it('leaves nothing in the page, in React or in storage once it is acknowledged', async () => {
    const reveal = await aReveal();
    const { user, queryClient } = await opened(reveal);
    await user.click(await screen.findByRole('button', { name: 'Show' }));
    await user.click(screen.getByRole('button', { name: 'Cover' }));
    await user.click(screen.getByRole('button', { name: 'Show' }));
    expect(everything()).toContain(secret);
    await user.click(stored());
    await user.click(done());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(everything()).not.toContain(secret);
    expect(reachable()).not.toContain(secret);
    expect(
      JSON.stringify(
        queryClient
          .getQueryCache()
          .getAll()
          .map(({ state }) => state),
      ),
    ).not.toContain(secret);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(secret);
    await waitFor(async () => expect((await keyOfReveal(reveal.keyThumbprint))?.privateKey).toBeNull());
  });

  it('is gone from the page when the page is left, and comes covered when it comes back', async () => {
    const { user } = await opened(await aReveal());
    await user.click(await screen.findByRole('button', { name: 'Show' }));
    act(() => void window.dispatchEvent(new Event('pagehide')));
    expect(everything()).not.toContain(secret);
    expect(reachable()).not.toContain(secret);
    act(() => void window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
    await screen.findByRole('button', { name: 'Show' });
    expect(everything()).not.toContain(secret);
    expect(stored().disabled).toBe(true);
  });

  it('keeps the secret when acknowledging fails, to try again', async () => {
    const { user } = await opened(await aReveal());
    await user.click(await screen.findByRole('button', { name: 'Show' }));
    await user.click(stored());
    const works = acknowledging;
    acknowledging = () => answer({ code: 'storage.unavailable' }, 503);
    await user.click(done());
    expect((await screen.findByRole('alert')).textContent).toContain('database is not available');
    expect(screen.getByText(secret)).toBeDefined();
    acknowledging = works;
    await user.click(done());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('does not take the secret itself as the place where it is stored', async () => {
    const { user } = await opened(await aReveal());
    await user.click(await screen.findByRole('button', { name: 'Show' }));
    await user.click(stored());
    await user.type(screen.getByLabelText('Where is it stored?'), `it is ${secret}`);
    expect(screen.getByText(/This is the secret itself/)).toBeDefined();
    expect(done().disabled).toBe(true);
  });

  it('says that the secret cannot be shown where the key is missing, and offers a new one', async () => {
    const { user } = await opened(await aReveal({ keyThumbprint: 'another-browser' }));
    await screen.findByRole('heading', { name: 'This secret cannot be shown here' });
    expect(screen.getByRole('button', { name: 'Generate new secret' })).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    act(() => void window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
    await waitFor(() => expect(listed).toBe(2));
    expect(screen.queryByRole('dialog'), 'what was closed is not spoken of again').toBeNull();
    localStorage.clear();
  });

  it('is over when its fifteen minutes are over', async () => {
    await opened(await aReveal({ expiresAt: new Date(Date.now() + 1_500).toISOString() }));
    await screen.findByRole('heading', { name: 'The time to store this secret is over' }, { timeout: 5_000 });
    expect(everything()).not.toContain(secret);
  });
});
