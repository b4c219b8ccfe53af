import { Fault, faults, type FaultCode } from '@latchkey/contract/faults';
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import messages from 'virtual:words/en';
import { inFrame } from '../testing/in-frame.tsx';
import { FaultNotice } from './fault-notice.tsx';

afterEach(cleanup);

it('says what happened, what to do, what is missing and the correlation id, and offers to try again', async () => {
  let tries = 0;
  const fault = new Fault('role.not_held', {
    roles: ['Master Admin'],
    grantors: ['Admin'],
    correlationId: 'abc-123',
    remedy: 'Ask for the role.',
  });
  await inFrame(<FaultNotice error={fault} retry={() => (tries += 1)} takeFocus />);
  const notice = screen.getByRole('alert');
  expect(document.activeElement).toBe(notice);
  for (const text of [
    'You do not hold all roles of this client',
    'Ask for the role.',
    'Missing role: Master Admin.',
    'People with the role Admin can give it to you.',
    'abc-123',
  ]) {
    expect(notice.textContent).toContain(text);
  }
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(tries).toBe(1);
});

it('blames the connection, not the Platform, when no answer came', async () => {
  await inFrame(
    <FaultNotice
      error={
        new Fault(
          'platform.unreachable',
          { detail: 'The console could not be reached.' },
          { cause: new TypeError('failed') },
        )
      }
    />,
  );
  expect(screen.getByRole('alert').textContent).toContain('No connection to the console');
  expect(screen.getByRole('alert').textContent).not.toContain('Platform');
});

it('shows nothing of an error that is none of ours', async () => {
  await inFrame(<FaultNotice error={new Error('secret inner text')} />);
  expect(screen.getByRole('alert').textContent).not.toContain('secret inner text');
});

it('has words for every fault', () => {
  for (const code of Object.keys(faults) as FaultCode[]) {
    expect(messages[`faults.title.${code}`], code).toBeDefined();
    expect(messages[`faults.${code}`], code).toBeDefined();
  }
});
