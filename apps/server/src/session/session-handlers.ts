import { Fault } from '@latchkey/contract/faults';
import { session as rows } from '@latchkey/contract/console-api/session';
import type { Handlers } from '@latchkey/wire/mount';
import type { SessionContext } from '../gate.ts';
import type { Parts } from '../parts.ts';
import type { OpenId } from '../sign-in/openid.ts';
import { dropSession, sessionCookie, sessionCookieName } from './browser-session.ts';
import type { Ending } from './ending.ts';
import { findSession, livingSessionsOf, type EndedWhy } from './registry.ts';
import type { SessionParts } from './session-parts.ts';

const { read, ...signedIn } = rows;

/** The row that anyone may call. */
export const publicTable = { session: { read } };
/** The rows that need a living session and nothing of the Platform. */
export const sessionTable = { session: signedIn };

/** Who is signed in; null when nobody is. */
export function publicHandlers(
  { platform }: Parts,
  { who, ender }: SessionParts,
): Handlers<typeof publicTable, SessionContext | null> {
  return {
    session: {
      async read(_input, context) {
        if (context === null) return null;
        const me = await context.me().catch(async (error: unknown) => {
          if (!(error instanceof Fault) || error.code !== 'session.expired') throw error;
          await ender.end([context.session.id], { why: 'platform', requestId: context.correlationId, address: null });
          return null;
        });
        if (me === null) return null;
        const { id, name, email, permissions, roles, organization } = me;
        return {
          person: { id, name, email },
          permissions: [...permissions].toSorted(),
          roles: roles.map((role) => ({ ...role })),
          organization,
          platform: {
            kind: platform.kind,
            address: platform.address,
            tokenUrl: platform.tokenUrl,
            capabilities: platform.capabilities,
          },
          grantors: [...(await who.grantors(context.session.id, context.platform))],
          ends: context.ends(),
        };
      },
    },
  };
}

/** Signing out, staying, and the person's own sessions (product 2.2, 2.4). */
export function sessionHandlers(
  { db, clock, config }: Parts,
  { ender, who }: SessionParts,
  openid: OpenId,
): Handlers<typeof sessionTable, SessionContext> {
  const ending = (why: EndedWhy, { correlationId, address }: SessionContext): Ending => ({
    why,
    requestId: correlationId,
    address,
  });

  /** Takes from the browser what the session left there (security S-17). */
  const leave = async ({ session, req, res }: SessionContext) => {
    who.forget(session.id);
    await dropSession(req);
    res.clearCookie(sessionCookieName(config.secure), sessionCookie(config.secure));
    res.set('clear-site-data', '"cache", "cookies", "storage"');
  };

  return {
    session: {
      async stay(_input, { ends }) {
        // The gate has noted that the person is here.
        return ends();
      },
      async signOut(_input, context) {
        const { revoked } = await ender.end([context.session.id], ending('signed-out', context));
        await leave(context);
        return { next: openid.signOutUrl(), revoked };
      },
      async signOutEverywhere(_input, context) {
        const { ended } = await ender.endAllOf(context.session.personId, ending('signed-out-everywhere', context));
        await leave(context);
        return { next: openid.signOutUrl(), ended };
      },
      async list(_input, { session }) {
        const living = await livingSessionsOf(db, session.personId, clock());
        return living.map(({ id, startedAt, lastActiveAt, address, browser }) => ({
          id,
          current: id === session.id,
          startedAt: startedAt.toISOString(),
          lastActiveAt: lastActiveAt.toISOString(),
          address,
          browser,
        }));
      },
      async end({ params }, context) {
        const own = isUuid(params.sessionId) ? await findSession(db, params.sessionId) : null;
        if (own === null || own.personId !== context.session.personId || own.endedAt !== null)
          throw new Fault('session.not_found');
        await ender.end([own.id], ending('ended-by-person', context));
        who.forget(own.id);
        if (own.id === context.session.id) await leave(context);
        return undefined;
      },
    },
  };
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);
