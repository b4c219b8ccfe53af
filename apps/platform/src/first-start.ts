import type { FirstPerson } from './organization-file/first-people.ts';

/**
 * Hands the generated passwords over once: to the parent process if there is one, otherwise to the terminal. They are
 * kept nowhere and never logged (product 1.4).
 */
export function announceFirstStart(people: readonly FirstPerson[]): void {
  if (people.length === 0) return;
  if (process.send !== undefined) {
    process.send({ type: 'first-start', people: people.map((one) => ({ ...one, role: one.roles.join(', ') })) });
    return;
  }
  const lines = people.map(
    ({ name, email, password, roles }) => `  ${name} (${roles.join(', ')})  ${email}  ${password}`,
  );
  process.stdout.write(`These people can sign in. Their passwords are shown only now:\n${lines.join('\n')}\n`);
}
