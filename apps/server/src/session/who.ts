import type { Me, PersonPlatform } from '../platform/door.ts';

/** Longest age of what is known about a person, in milliseconds (product 2.6). */
const oldest = 60_000;

/** How many sessions are remembered at a time; beyond that the oldest are asked anew. */
const most = 20_000;

/** Who is behind a session, with permissions that are at most a minute old. */
export interface Who {
  /** @throws what the Platform's door throws; nothing older than a minute stands in for it */
  of(sessionId: string, platform: PersonPlatform): Promise<Me>;
  /**
   * Who it is at this very moment: what changes something is decided by that and by nothing older (security S-26, Z-18).
   *
   * @throws as `of`
   */
  now(sessionId: string, platform: PersonPlatform): Promise<Me>;
  /** Notes what was just read. */
  learn(sessionId: string, me: Me): void;
  forget(sessionId: string): void;
  /** Who can give permissions, for the sentence on a refusal; empty when the Platform does not say. */
  grantors(sessionId: string, platform: PersonPlatform): Promise<readonly string[]>;
}

/** Remembers in this process only: each replica asks the Platform itself. */
export function rememberWho(clock: () => Date): Who {
  const people = new Map<string, { me: Promise<Me>; at: number }>();
  const givers = new Map<string, { names: Promise<readonly string[]>; at: number }>();

  const keep = <Value>(in_: Map<string, Value>, key: string, value: Value) => {
    in_.delete(key);
    in_.set(key, value);
    for (const first of in_.keys()) {
      if (in_.size <= most) break;
      in_.delete(first);
    }
  };
  const isFresh = (at: number) => Math.abs(clock().getTime() - at) < oldest;

  return {
    of(sessionId, platform) {
      const known = people.get(sessionId);
      if (known && isFresh(known.at)) return known.me;
      const me = platform.me();
      const entry = { me, at: clock().getTime() };
      keep(people, sessionId, entry);
      me.catch(() => people.get(sessionId) === entry && people.delete(sessionId));
      return me;
    },
    async now(sessionId, platform) {
      const at = clock().getTime();
      const me = await platform.me();
      // An answer that was overtaken by a later one teaches nothing.
      if ((people.get(sessionId)?.at ?? at) <= at) keep(people, sessionId, { me: Promise.resolve(me), at });
      return me;
    },
    learn: (sessionId, me) => keep(people, sessionId, { me: Promise.resolve(me), at: clock().getTime() }),
    forget(sessionId) {
      people.delete(sessionId);
      givers.delete(sessionId);
    },
    grantors(sessionId, platform) {
      const known = givers.get(sessionId);
      if (known && isFresh(known.at)) return known.names;
      const names = platform.grantors().catch(() => []);
      keep(givers, sessionId, { names, at: clock().getTime() });
      return names;
    },
  };
}
