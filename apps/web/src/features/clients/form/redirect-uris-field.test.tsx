import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { inFrame } from '../../../testing/in-frame.tsx';
import { RedirectUrisField } from './redirect-uris-field.tsx';

let latest: readonly string[] = [];
const grants = ['CODE' as const];

const Form = ({ start, shown }: { start: string[]; shown: boolean }) => {
  const [uris, setUris] = useState(start);
  const change = (next: string[]) => {
    latest = next;
    setUris(next);
  };
  return <RedirectUrisField uris={uris} onChange={change} grants={grants} faults={[]} shown={shown} />;
};

async function shownWith(start: string[] = [''], shown = false) {
  latest = start;
  await inFrame(<Form start={start} shown={shown} />);
  return { user: userEvent.setup() };
}
const line = (position: number) => screen.getByRole('textbox', { name: `Redirect URI ${position}` });

describe('the redirect URIs', () => {
  it('make a row of each pasted line, drop empty ones and keep every byte of the others', async () => {
    const { user } = await shownWith();
    await user.click(line(1));
    await user.paste('https://a.example/CB\r\n\r\n https://b.example/%41 \nmyapp://oauth/cb\n');
    expect(latest).toEqual(['https://a.example/CB', ' https://b.example/%41 ', 'myapp://oauth/cb']);
    expect(document.activeElement).toBe(line(3));
  });

  it('say at the line what is wrong with it and how to mend it', async () => {
    const { user } = await shownWith();
    await user.click(line(1));
    await user.paste('https://a.example/cb\nhttp://b.example/cb\nhttps://a.example/cb');
    expect(line(1).getAttribute('aria-invalid')).toBe('false');
    expect(line(2).getAttribute('aria-invalid')).toBe('true');
    const verdict = (position: number) =>
      document.getElementById(line(position).getAttribute('aria-describedby') ?? '')?.textContent;
    expect(verdict(2)).toContain('Change "http://" to "https://".');
    expect(verdict(3)).toContain('Redirect URI 3 is the same as number 1.');
  });

  it('say nothing of a line that is still being typed, until it is left', async () => {
    const { user } = await shownWith();
    await user.type(line(1), 'http:');
    expect(line(1).getAttribute('aria-invalid')).toBe('false');
    await user.tab();
    expect(line(1).getAttribute('aria-invalid')).toBe('true');
  });

  it('are made and removed by keyboard', async () => {
    const { user } = await shownWith();
    await user.type(line(1), 'https://a.example/cb{Enter}');
    expect(document.activeElement).toBe(line(2));
    await user.keyboard('https://b.example/cb{Enter}{Backspace}');
    expect(latest).toEqual(['https://a.example/cb', 'https://b.example/cb']);
    expect(document.activeElement).toBe(line(2));
  });

  it('count what has text, and say when there are too many', async () => {
    const many = Array.from({ length: 126 }, (_, index) => `https://app${index}.example.com/cb`);
    await shownWith([...many, '', '']);
    expect(screen.getByText('126 of 125')).toBeDefined();
    expect(screen.getByText(/There are 126 redirect URIs; a client can have at most 125/)).toBeDefined();
  });
});
