import type { User } from './first-people.ts';

/** The people of an organization file, found by whatever the file calls them. */
export interface PeopleOfFile {
  /** The person's id; what is nobody's name stays as it is. */
  readonly idOf: (called: string) => string;
  readonly find: (called: string) => { readonly id: string; readonly name: string } | undefined;
}

/** Ids come first, then e-mail addresses and user names, then names; a name that two people have is nobody's. */
export function peopleOfFile(users: readonly User[]): PeopleOfFile {
  const ids = new Map(users.map((user) => [user.id, user]));
  const others = new Map<string, User | null>();
  const call = (text: string | undefined, user: User): void => {
    const key = text?.toLowerCase();
    if (key !== undefined) others.set(key, others.has(key) && others.get(key) !== user ? null : user);
  };
  for (const user of users) call(user.name, user);
  for (const user of users) {
    for (const text of [user.username, user.email]) if (text !== undefined) others.set(text.toLowerCase(), user);
  }
  const find = (called: string): User | undefined => ids.get(called) ?? others.get(called.toLowerCase()) ?? undefined;
  return { find, idOf: (called) => find(called)?.id ?? called };
}
