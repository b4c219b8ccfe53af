import { afterAll, beforeAll, expect, test } from 'vitest';
import { startConsoleAndPlatform, type ConsoleAndPlatform, type SignedIn } from '../../testing/console-and-platform.ts';

let both: ConsoleAndPlatform;
let member: SignedIn;
beforeAll(async () => {
  both = await startConsoleAndPlatform();
  member = await both.signIn('member');
});
afterAll(async () => {
  await both?.stop();
});

const people = async (query: { q?: string; ids?: string[]; limit?: number }): Promise<string[]> =>
  (await member.api.choices.people({ query })).map(({ name }) => name);

test('people are found by name and address, so many at most', async () => {
  expect(await people({ q: 'LEAD@example leo' })).toEqual(['Leo Lead']);
  expect(await people({ q: 'example.com' })).toEqual(['Ada Admin', 'Leo Lead', 'Mia Member', 'Rita Reviewer']);
  expect(await people({ q: 'example.com', limit: 2 })).toEqual(['Ada Admin', 'Leo Lead']);
});

test('people who were chosen before are named by their ids, all of them and nobody else', async () => {
  const ids = ['person-reviewer', 'person-lead', 'somebody-who-left'];
  expect(await people({ ids, limit: 1 })).toEqual(['Leo Lead', 'Rita Reviewer']);
  expect(await people({ ids: ['person-lead'] })).toEqual(['Leo Lead']);
  expect(await people({ ids: ['person-lead'], q: 'ada' })).toEqual([]);
});
