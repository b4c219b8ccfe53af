import { consoleApi } from '@latchkey/contract/console-api/table';
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { aSession, inFrame } from '../testing/in-frame.tsx';
import { GuardedButton } from './guarded-button.tsx';

afterEach(cleanup);
const reviewer = aSession({ permissions: ['oauth:client:view'], grantors: ['Admin', 'Security Administrator'] });

it('acts for a person who holds the permission', async () => {
  let clicks = 0;
  await inFrame(
    <GuardedButton row={consoleApi.clients.create} onClick={() => (clicks += 1)}>
      Add client
    </GuardedButton>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Add client' }));
  expect(clicks).toBe(1);
});

it('stays reachable and does nothing for a person who does not, and says what is missing and who can give it', async () => {
  let clicks = 0;
  await inFrame(
    <GuardedButton row={consoleApi.clients.create} onClick={() => (clicks += 1)}>
      Add client
    </GuardedButton>,
    reviewer,
  );
  const button = screen.getByRole('button', { name: 'Add client' });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(button.hasAttribute('disabled')).toBe(false);
  await userEvent.tab();
  expect(document.activeElement).toBe(button);
  await userEvent.click(button);
  expect(clicks).toBe(0);
  const why =
    'You need oauth:client:add (Create OAuth clients). People with the role Admin or Security Administrator can give it to you.';
  expect(document.getElementById(button.getAttribute('aria-describedby')!)?.textContent).toBe(why);
  expect((await screen.findByRole('tooltip')).textContent).toBe(why);
});

it('says the reason that came with the object first', async () => {
  await inFrame(
    <GuardedButton
      row={consoleApi.clients.edit}
      refusal={{ code: 'role.not_held', roles: ['Master Admin', 'Auditor'] }}
    >
      Edit
    </GuardedButton>,
    reviewer,
  );
  const described = screen.getByRole('button', { name: 'Edit' }).getAttribute('aria-describedby')!;
  expect(document.getElementById(described)?.textContent).toContain(
    'This client has roles that you do not hold: Master Admin and Auditor.',
  );
});

it('has a sentence for a reason that the page does not know', async () => {
  await inFrame(<GuardedButton refusal={{ code: 'client.locked_by_request' }}>Edit</GuardedButton>);
  const described = screen.getByRole('button', { name: 'Edit' }).getAttribute('aria-describedby')!;
  expect(document.getElementById(described)?.textContent).toBe('This is not possible now.');
});
