/** A person whom the Platform made at its first start. */
interface Person {
  name: string;
  email: string;
  password: string;
  role: string;
}

/** The people of a message `first-start` from the Platform, or null for any other message. */
export function firstPeople(message: unknown): Person[] | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, people } = message as { type?: unknown; people?: unknown };
  if (type !== 'first-start' || !Array.isArray(people)) return null;
  return people.map((one: unknown) => {
    const person = one as Record<string, unknown>;
    const text = (name: string): string => (typeof person[name] === 'string' ? person[name] : '');
    return { name: text('name'), email: text('email'), password: text('password'), role: text('role') };
  });
}

/** What the terminal shows once: who can sign in, and where (product 1.4). */
export function firstStartLines(people: Person[], address: string): string[] {
  const rows = people.map(({ role, name, email, password }) => [name, email, password, role]);
  const heads = ['Name', 'Email', 'Password', 'Role'];
  const widths = heads.map((head, column) =>
    Math.max(...[heads, ...rows].map((row) => row[column]?.length ?? head.length)),
  );
  const line = (row: string[]): string =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd();
  return [
    '',
    `Sign in at ${address} as one of these people. The passwords are shown this once and kept nowhere.`,
    '',
    line(heads),
    ...rows.map(line),
    '',
  ];
}
