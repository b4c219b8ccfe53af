import { ClientForm } from '@latchkey/contract/console-api/models';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aClientDetail } from '../../../testing/a-client-detail.ts';
import { serverAnswers } from '../../../testing/answers.ts';
import { inFrame } from '../../../testing/in-frame.tsx';
import { MergePage } from './merge-page.tsx';

beforeEach(() => void serverAnswers(() => []));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const client = aClientDetail({
  name: 'Theirs',
  accessTokenValiditySeconds: 7_200,
  modifiedBy: { id: 'sam', name: 'Sam Okafor' },
  dateModified: '2026-11-21T11:59:00.000Z',
});
const base = ClientForm.parse({ ...client, name: 'Before', accessTokenValiditySeconds: 3_600 });
const mine = { ...base, name: 'Mine', purpose: 'To sync orders' };

describe('somebody else saved meanwhile', () => {
  it('says who, shows both versions, and goes on only after every choice', async () => {
    const onMerged = vi.fn();
    await inFrame(
      <MergePage
        base={base}
        mine={mine}
        theirs={ClientForm.parse(client)}
        client={client}
        onMerged={onMerged}
        onBack={vi.fn()}
      />,
    );
    expect(screen.getByText(/Sam Okafor/)).toBeTruthy();
    const go = screen.getByRole('button', { name: 'Review the merged change' });
    expect(go).toHaveProperty('disabled', true);
    expect(screen.getByText('1 choice left')).toBeTruthy();

    const name = screen.getByRole('group', { name: /^Name/ });
    await userEvent.click(within(name).getByRole('radio', { name: /Theirs/ }));
    expect(screen.getByText('Nothing left to choose')).toBeTruthy();
    await userEvent.click(go);
    expect(onMerged).toHaveBeenCalledExactlyOnceWith({
      ...base,
      name: 'Theirs',
      purpose: 'To sync orders',
      accessTokenValiditySeconds: 7_200,
    });
  });

  it('puts the focus on the heading and shows durations in units', async () => {
    await inFrame(
      <MergePage
        base={base}
        mine={mine}
        theirs={ClientForm.parse(client)}
        client={client}
        onMerged={vi.fn()}
        onBack={vi.fn()}
      />,
    );
    expect(document.activeElement).toBe(
      screen.getByRole('heading', { name: 'Somebody else changed this client meanwhile' }),
    );
    const duration = screen.getByRole('group', { name: /^Token duration/ });
    expect(within(duration).getByText('1 hour')).toBeTruthy();
    expect(within(duration).getByText('2 hours')).toBeTruthy();
  });
});
