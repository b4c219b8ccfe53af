import { missingFor } from '@latchkey/contract/may-call';
import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { Route } from '@latchkey/contract/route';
import type { Request, Response } from 'express';
import type { Caller } from './context/caller.ts';
import type { Platform, Store } from './context/platform.ts';
import type { Call } from './features/shared/call.ts';
import { missingPermissions } from './features/shared/missing-permissions.ts';
import { rateLimit } from './features/shared/rate-limit.ts';
import { readBody } from './features/shared/read-body.ts';
import { correlationIdOf } from './http/correlation-id.ts';
import { organization } from './storage/schema.ts';

/** The door of the Platform API: who calls, whether they may, and only then what they sent. */
export type Gate = (req: Request, res: Response, route: Route) => Promise<Call>;

/** @param limits calls a minute, where a test wants to reach them */
export function gate(platform: Pick<Platform, 'db' | 'callerOf'>, limits?: Parameters<typeof rateLimit>[0]): Gate {
  const count = rateLimit(limits);
  return async (req, res, route) => {
    const caller = await platform.callerOf(bearerIn(req));
    if ('refused' in caller) {
      res.setHeader('www-authenticate', 'Bearer');
      throw new PlatformFault(caller.refused);
    }
    await count(caller, res);
    if (route.personOnly && caller.kind !== 'person') {
      throw new PlatformFault('not.authorized', {
        message: 'This resource is only for tokens with a person behind them.',
      });
    }
    checkPermission(route, caller);
    await checkScope(platform.db, route, caller);
    // Nobody's bytes are read before it is known that they may send them.
    req.body = route.body ? await readBody(req, res) : undefined;
    return { caller, remoteIp: req.ip ?? null, correlationId: correlationIdOf(res) };
  };
}

function bearerIn(req: Request): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*)$/i.exec(req.headers.authorization ?? '')?.[1];
}

function checkPermission({ permission }: Route, caller: Caller): void {
  const missing = missingFor(permission, caller) ?? [];
  if (missing.length > 0) throw missingPermissions(missing, typeof permission === 'object' && 'anyOf' in permission);
}

/** Scopes of OpenID Connect, which say nothing about the Platform API. */
const signInScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access']);

/**
 * A token of a person must carry the row's scope; for a GET its read-only variant is enough (platform-api 2). A token of
 * a client is narrowed by scopes if it has some (security ruling 8). The console's own client asks for no scope of the
 * Platform and then has all the rights of the person.
 */
async function checkScope(db: Store, { scope, method }: Route, { kind, scopes, clientBuiltIn }: Caller): Promise<void> {
  if (scope === undefined) return;
  const given = scopes.filter((one) => !signInScopes.has(one));
  if (given.length === 0 && (kind === 'client' || clientBuiltIn)) return;
  const enough = method === 'GET' ? [scope, `${scope}:readonly`] : [scope];
  if (given.some((one) => enough.includes(one))) return;
  if (!(await enforcesScopes(db))) return;
  throw new PlatformFault('not.authorized', {
    message: `The token must carry the following scope: [${enough.join(' or ')}]`,
    messageParams: { scope: enough.join(' or ') },
  });
}

/** Whether the organization enforces scopes; it does unless its feature `scopeEnforcement` is switched off. */
async function enforcesScopes(db: Store): Promise<boolean> {
  const rows = await db.select({ features: organization.features }).from(organization).limit(1);
  return rows[0]?.features['scopeEnforcement'] !== false;
}
