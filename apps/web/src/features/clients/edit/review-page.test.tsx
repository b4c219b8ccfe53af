import { ClientForm } from '@latchkey/contract/console-api/models';
import { screen, within } from '@testing-library/react';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aClientDetail } from '../../../testing/a-client-detail.ts';
import { serverAnswers } from '../../../testing/answers.ts';
import { inFrame } from '../../../testing/in-frame.tsx';
import { ReviewPage } from './review-page.tsx';

beforeEach(() => void serverAnswers(() => []));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const base = ClientForm.parse(
  aClientDetail({
    grantTypes: ['CODE'],
    roleDivisions: [],
    roles: [],
    scopes: ['users', 'queues'],
    redirectUris: ['https://a.example/in'],
  }),
);
const show = (form: ClientForm) =>
  inFrame(
    <ReviewPage
      base={base}
      form={form}
      reason=""
      onReason={vi.fn()}
      reasonFaults={[]}
      busy={false}
      error={null}
      onSave={vi.fn()}
      onBack={vi.fn()}
    />,
  );

describe('before saving', () => {
  it('shows values from and to, and lists by what comes and what goes', async () => {
    await show({ ...base, name: 'Order desk', scopes: ['users', 'users:readonly'] });
    const changes = screen.getByRole('region', { name: 'What changes: 2 fields' });
    expect(changes.textContent).toMatch(/Name.*from Order sync.*to Order desk/);
    const [added, removed] = within(changes).getAllByRole('listitem');
    expect(added?.textContent).toBe('Added: users:readonly');
    expect(removed?.textContent).toBe('Removed: queues');
  });

  it('says what the change will do, warnings first', async () => {
    await show({ ...base, scopes: ['users', 'users:readonly'], accessTokenValiditySeconds: 7_200 });
    const said = within(screen.getByRole('region', { name: 'What it will do' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(said[0]).toMatch(/removes access to queues/);
    expect(said).toContainEqual(expect.stringMatching(/must authorize the application again .* users:readonly/));
    expect(said).toContainEqual(expect.stringMatching(/keep the old duration/));
  });

  it('cannot be saved when nothing differs', async () => {
    await show({ ...base, scopes: ['queues', 'users'] });
    expect(screen.getByRole('button', { name: 'Save changes' })).toHaveProperty('disabled', true);
    expect(screen.getByText(/Nothing differs/)).toBeTruthy();
  });
});
