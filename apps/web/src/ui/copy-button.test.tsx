import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { inFrame } from '../testing/in-frame.tsx';
import { CopyButton } from './copy-button.tsx';

afterEach(cleanup);
const clipboard = (writeText: (text: string) => Promise<void>) =>
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });

it('says "Copied" only after the clipboard has it', async () => {
  const user = userEvent.setup();
  const { promise, resolve } = Promise.withResolvers<void>();
  const written: string[] = [];
  clipboard((text) => {
    written.push(text);
    return promise;
  });
  await inFrame(<CopyButton text="the id" thing="client id" />);
  const button = screen.getByRole('button', { name: 'Copy client id' });
  await user.click(button);
  expect(written).toEqual(['the id']);
  expect(button.textContent).toBe('Copy');
  resolve();
  await waitFor(() => expect(button.textContent).toBe('Copied'));
});

it('says what to do when the browser refuses', async () => {
  const user = userEvent.setup();
  clipboard(() => Promise.reject(new Error('denied')));
  await inFrame(<CopyButton text="the id" thing="client id" />);
  const button = screen.getByRole('button', { name: 'Copy client id' });
  await user.click(button);
  await waitFor(() =>
    expect(document.body.textContent).toContain(
      'The browser did not allow copying. Select the text and copy it yourself.',
    ),
  );
  expect(button.textContent).toBe('Copy');
});
