import { createHash, randomBytes } from 'node:crypto';
import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import expressSession from 'express-session';
import type { Parts } from '../parts.ts';
import { absoluteSeconds } from './registry.ts';

declare module 'express-session' {
  interface SessionData {
    /** The row of the registry that decides whether this session lives. */
    registryId: string;
  }
}

/** The one cookie of a signed-in browser: `__Host-` where there is TLS, a plain name on loopback (product 2.1). */
export const sessionCookieName = (secure: boolean): string => (secure ? '__Host-latchkey' : 'latchkey');

/** Attributes of the session cookie (security S-09). It has no end: the server decides. */
export const sessionCookie = (secure: boolean) => ({ path: '/', httpOnly: true, secure, sameSite: 'strict' }) as const;

const Stored = connectPgSimple(expressSession);

type Get = InstanceType<typeof Stored>['get'];

/** How many sessions one process remembers. */
const remembered = 20_000;

/**
 * Keeps sessions under a hash of their id, so that a copy of the database opens none of them (security S-11). What it
 * keeps never changes after sign-in, so it is remembered; whether the session lives is asked of the registry each time.
 */
class HashedStore extends Stored {
  readonly #known = new Map<string, string>();

  override get(...[id, done]: Parameters<Get>): void {
    const hash = hashOf(id);
    const known = this.#known.get(hash);
    if (known !== undefined) {
      process.nextTick(done, null, JSON.parse(known));
      return;
    }
    super.get(hash, (error: unknown, session?: expressSession.SessionData | null) => {
      if (session?.registryId !== undefined) this.#remember(hash, session);
      done(error, session);
    });
  }
  override set(id: string, session: expressSession.SessionData, done?: () => void): void {
    this.#known.delete(hashOf(id));
    super.set(hashOf(id), session, done);
  }
  override destroy(id: string, done?: () => void): void {
    this.#known.delete(hashOf(id));
    super.destroy(hashOf(id), done);
  }

  #remember(hash: string, session: expressSession.SessionData): void {
    for (const first of this.#known.keys()) {
      if (this.#known.size < remembered) break;
      this.#known.delete(first);
    }
    this.#known.set(hash, JSON.stringify(session));
  }
}

const hashOf = (id: string): string => createHash('sha256').update(id).digest('base64url');

/**
 * Reads the cookie into `req.session`. It holds one thing: the id of the registry's row. Nothing is written after
 * sign-in, so parallel requests never overwrite each other.
 */
export function browserSession({
  config,
  pool,
  keys,
  log,
}: Pick<Parts, 'config' | 'pool' | 'keys' | 'log'>): RequestHandler {
  const read = expressSession({
    name: sessionCookieName(config.secure),
    secret: keys.all('session-cookie'),
    genid: () => randomBytes(32).toString('base64url'),
    cookie: sessionCookie(config.secure),
    store: new HashedStore({
      pool,
      tableName: 'browser_sessions',
      // The registry ends sessions; rows stay a little longer, so that the page can be told that it ended.
      ttl: absoluteSeconds * 2,
      disableTouch: true,
      pruneSessionInterval: false,
      errorLog: (...about) => log.error({ about }, 'The session store failed'),
    }),
    resave: false,
    saveUninitialized: false,
    rolling: false,
  });
  return (req, res, next) => {
    // TLS ends before us, and who may say so by a header is nobody's but the operator's: `PUBLIC_URL` says it.
    if (config.secure) Object.defineProperty(req, 'secure', { value: true });
    read(req, res, next);
  };
}

/** Gives the browser a new session id, and forgets the old one (security S-08). */
export function renewSession(req: Request, registryId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.regenerate((error: unknown) => {
      if (error) return reject(error);
      req.session.registryId = registryId;
      req.session.save((failure: unknown) => (failure ? reject(failure) : resolve()));
    });
  });
}

/** Forgets the browser's session altogether. */
export function dropSession(req: Request): Promise<void> {
  return new Promise((resolve, reject) => req.session.destroy((error: unknown) => (error ? reject(error) : resolve())));
}
