import { createHash } from 'node:crypto';
import type { Choices } from '@latchkey/domain/client-settings';
import type { Context } from '../context.ts';
import type { PersonPlatform, Platform, PlatformRole } from '../platform/door.ts';
import { isBroad } from '../platform/permissions.ts';

/** Names and kinds of what a client refers to, as one person may know them. */
export interface Words {
  readonly roles: readonly PlatformRole[];
  readonly divisions: readonly { readonly id: string; readonly name: string; readonly home: boolean }[];
  readonly scopes: readonly { readonly id: string; readonly description: string }[];
  readonly roleNames: ReadonlyMap<string, string>;
  readonly divisionNames: ReadonlyMap<string, string>;
  readonly scopeIds: ReadonlySet<string>;
  readonly broadRoleIds: ReadonlySet<string>;
  /** The same for the same words. */
  readonly hash: string;
}

/** Asks the Platform anew, as this person. */
export async function readWords(platform: Pick<PersonPlatform, 'roles' | 'divisions' | 'scopes'>): Promise<Words> {
  const [roles, divisions, scopes] = await Promise.all([platform.roles(), platform.divisions(), platform.scopes()]);
  return {
    roles,
    divisions,
    scopes,
    roleNames: new Map(roles.map(({ id, name }) => [id, name])),
    divisionNames: new Map(divisions.map(({ id, name }) => [id, name])),
    scopeIds: new Set(scopes.map(({ id }) => id)),
    broadRoleIds: new Set(
      roles.filter(({ permissions }) => permissions !== null && isBroad(permissions)).map(({ id }) => id),
    ),
    hash: createHash('sha256')
      .update(JSON.stringify([roles, divisions, scopes]))
      .digest('hex'),
  };
}

/** For how long the words of a person are good, in ms. */
const goodForMs = 15_000;
const known = new WeakMap<Platform, Map<string, { readonly words: Promise<Words>; readonly until: number }>>();

/** The words of a person, at most 15 seconds old: they change seldom, and lists need them each time. */
export function wordsOf(
  platform: Platform,
  { person, platform: asPerson }: Pick<Context, 'person' | 'platform'>,
): Promise<Words> {
  const ofPlatform = known.get(platform) ?? new Map<string, { words: Promise<Words>; until: number }>();
  known.set(platform, ofPlatform);
  const now = performance.now();
  for (const [id, { until }] of ofPlatform) if (until < now) ofPlatform.delete(id);
  const found = ofPlatform.get(person.id);
  if (found !== undefined) return found.words;
  const words = readWords(asPerson);
  const mine = { words, until: now + goodForMs };
  ofPlatform.set(person.id, mine);
  words.catch(() => {
    if (ofPlatform.get(person.id) === mine) ofPlatform.delete(person.id);
  });
  return words;
}

/** What settings can be chosen from, for the domain's rules. */
export const choicesOf = ({ roles, divisions, scopes }: Words, { capabilities }: Platform): Choices => ({
  roles,
  divisions,
  scopes,
  severalGrantTypes: capabilities.severalGrantTypes,
  scopesNarrowRoles: capabilities.scopesNarrowRoles,
});
