import { Fault } from '@latchkey/contract/faults';
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { inFrame } from '../testing/in-frame.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

afterEach(cleanup);
const props = {
  title: 'Delete client “CRM”?',
  act: 'Delete client',
  children: <p>Tokens stop at once.</p>,
  onAct: () => undefined,
  onClose: () => undefined,
};

it('is named by its question and puts the focus on the safe way out', async () => {
  await inFrame(<ConfirmDialog {...props} />);
  expect(screen.getByRole('dialog', { name: 'Delete client “CRM”?' })).toBeDefined();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' })));
});

it('acts on its button and closes on Escape', async () => {
  const calls: string[] = [];
  await inFrame(<ConfirmDialog {...props} onAct={() => calls.push('act')} onClose={() => calls.push('close')} />);
  await userEvent.click(screen.getByRole('button', { name: 'Delete client' }));
  await userEvent.keyboard('{Escape}');
  expect(calls).toEqual(['act', 'close']);
});

it('cannot be answered twice or left while it acts', async () => {
  const calls: string[] = [];
  await inFrame(<ConfirmDialog {...props} busy onAct={() => calls.push('act')} onClose={() => calls.push('close')} />);
  await userEvent.click(screen.getByRole('button', { name: 'Delete client' }));
  await userEvent.keyboard('{Escape}');
  expect(calls).toEqual([]);
});

it('stays open with what went wrong', async () => {
  await inFrame(<ConfirmDialog {...props} error={new Fault('client.changed')} />);
  expect(screen.getByRole('alert').textContent).toContain('Somebody else changed this client meanwhile');
});
