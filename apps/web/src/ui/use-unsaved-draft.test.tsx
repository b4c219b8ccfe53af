import { act, cleanup, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { afterEach, expect, it } from 'vitest';
import { aSession, inFrame } from '../testing/in-frame.tsx';
import { type Draft, dropAllDrafts, useUnsavedDraft } from './use-unsaved-draft.ts';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

let draft: Draft<string>;
const Form = () => {
  const own = useUnsavedDraft('new-client', (stored) => (typeof stored === 'string' ? stored : null));
  useEffect(() => {
    draft = own;
  }, [own]);
  return <p>{own.kept ?? 'nothing kept'}</p>;
};
const other = aSession({ person: { id: 'sam', name: 'Sam', email: 'sam@northwind.example' } });

it('keeps what was typed last when the form is left at once, and gives it back', async () => {
  const first = await inFrame(<Form />);
  act(() => {
    draft.keep('half');
    draft.keep('half a name');
  });
  first.unmount();
  await inFrame(<Form />);
  expect(screen.getByText('half a name')).toBeDefined();
});

it('never gives one person what another typed', async () => {
  const first = await inFrame(<Form />);
  act(() => draft.keep('mine'));
  first.unmount();
  await inFrame(<Form />, other);
  expect(screen.getByText('nothing kept')).toBeDefined();
});

it('forgets it when it was saved', async () => {
  const first = await inFrame(<Form />);
  act(() => {
    draft.keep('saved soon');
    draft.drop();
  });
  first.unmount();
  expect(localStorage.length).toBe(0);
});

it('drops what it cannot read', async () => {
  localStorage.setItem('latchkey.draft.ada.new-client', '{"old":"shape"}');
  await inFrame(<Form />);
  expect(screen.getByText('nothing kept')).toBeDefined();
});

it('leaves nothing of anybody behind after signing out, and only drafts go', async () => {
  localStorage.setItem('latchkey.draft.ada.x', '1');
  localStorage.setItem('latchkey.draft.sam.y', '1');
  localStorage.setItem('latchkey.rail', 'narrow');
  dropAllDrafts();
  expect(Object.keys(localStorage)).toEqual(['latchkey.rail']);
});
