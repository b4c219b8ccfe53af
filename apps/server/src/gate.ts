import { Fault } from '@latchkey/contract/faults';
import { missingFor } from '@latchkey/contract/may-call';
import type { Route } from '@latchkey/contract/route';
import { transaction } from '@latchkey/database/transaction';
import type { Permission } from '@latchkey/domain/permission';
import type { Request, Response } from 'express';
import { append, type NewEvent } from './audit/append.ts';
import type { Context } from './context.ts';
import { addressOf } from './http/address.ts';
import { correlationIdOf } from './http/correlation-id.ts';
import { refuseForged } from './http/not-forged.ts';
import { readBody } from './http/read-body.ts';
import { networkOf } from './limits.ts';
import type { Parts } from './parts.ts';
import type { Me, PersonPlatform } from './platform/door.ts';
import { endsOf, noteActivity, sessionFinder, sessionRefOf, whyOver } from './session/registry.ts';
import type { SessionParts } from './session/session-parts.ts';
import type { SessionRow } from './storage/session-tables.ts';

/** What the gate knows of a request with a living session, before it has asked the Platform who that is. */
export interface SessionContext {
  readonly session: SessionRow;
  readonly platform: PersonPlatform;
  /** Who this is: at most a minute old, or as of this moment. */
  readonly me: (how?: 'now') => Promise<Me>;
  readonly ends: () => ReturnType<typeof endsOf>;
  readonly correlationId: string;
  readonly address: string;
  readonly req: Request;
  readonly res: Response;
}

/** The header by which the page marks what nobody asked for just now (security S-14). */
export const backgroundHeader = 'latchkey-background';

/** What changes something by a right is decided by the rights of this moment; all else by those of the last minute. */
const mustBeFresh = ({ method, permission }: Route): boolean => method !== 'GET' && permission !== 'signed-in';

const passed = new WeakMap<Request, SessionContext>();

/** The living session of a request that already passed the gate; null for others. */
export const sessionOf = (req: Request): SessionContext | null => passed.get(req) ?? null;

/** The doors of the API: who is calling, and may they (architecture 2). */
export function openGate(parts: Parts, { vault, ender, who }: SessionParts) {
  const { config, db, clock, platform } = parts;
  const find = sessionFinder(db);

  /** @throws session.missing, session.expired */
  const livingSession = async (req: Request, res: Response, route: Route): Promise<SessionRow> => {
    const id = req.session.registryId;
    const session = id === undefined ? null : await find(id);
    if (session === null || session.endedWhy === 'signed-out') throw new Fault('session.missing');
    if (session.endedAt !== null) throw new Fault('session.expired');
    const why = whyOver(session, clock());
    if (why !== null) {
      await ender.end([session.id], { why, requestId: correlationIdOf(res), address: null });
      throw new Fault('session.expired', {
        detail: why === 'idle' ? 'Nothing happened for too long.' : 'A session lasts 12 hours at most.',
      });
    }
    const inBackground = route.background === true || req.headers[backgroundHeader] !== undefined;
    return inBackground ? session : await noteActivity(db, session, clock());
  };

  const contextOf = (req: Request, res: Response, session: SessionRow): SessionContext => {
    const correlationId = correlationIdOf(res);
    const person = platform.asPerson(() => vault.accessToken(session.id), correlationId);
    const context: SessionContext = {
      session,
      platform: person,
      me: (how) => (how === 'now' ? who.now(session.id, person) : who.of(session.id, person)),
      ends: () => endsOf(session, clock()),
      correlationId,
      address: addressOf(req),
      req,
      res,
    };
    passed.set(req, context);
    return context;
  };

  /** Refuses what the page did not send, and records it as far as one network may fill the audit (security B-10). */
  const notForged = async (req: Request, res: Response, name: string): Promise<void> => {
    try {
      refuseForged(req, config.publicUrl);
    } catch (error) {
      const address = addressOf(req);
      if (await parts.limits.refusalRecords.allows(`forged ${networkOf(address)}`)) {
        await record({
          actor: { kind: 'nobody', id: null, name: null, issuer: null },
          action: 'request.forged',
          outcome: 'refused',
          address,
          reason: 'request.forged',
          details: { operation: name },
          requestId: correlationIdOf(res),
        });
      }
      throw error;
    }
  };

  const record = (event: NewEvent) => transaction(db, (tx) => append(tx, [{ at: clock().toISOString(), ...event }]));

  const refuse = async (context: Context, missing: readonly Permission[], names: readonly string[]): Promise<never> => {
    if (await parts.limits.refusalRecords.allows(`${context.person.id} ${context.operation}`)) {
      await record({
        actor: {
          kind: 'person',
          id: context.person.id,
          name: context.person.name,
          issuer: config.platform.loginUrl.origin,
        },
        action: 'access.refused',
        outcome: 'refused',
        session: context.sessionRef,
        address: context.address,
        reason: 'permission.missing',
        details: { operation: context.operation, permissions: [...missing] },
        requestId: context.correlationId,
      });
    }
    throw new Fault('permission.missing', {
      detail: `This needs ${missing.join(' and ')}.`,
      remedy:
        names.length > 0
          ? `Ask someone with one of these roles: ${names.join(', ')}.`
          : 'Ask an administrator of your organization.',
      permissions: [...missing],
      grantors: [...names],
    });
  };

  return {
    /** For rows that anyone may call: the living session, or null. */
    anyone: async (req: Request, res: Response, route: Route, name: string): Promise<SessionContext | null> => {
      await notForged(req, res, name);
      const context = await livingSession(req, res, route).then(
        (session) => contextOf(req, res, session),
        (error: unknown) => {
          if (error instanceof Fault && error.code.startsWith('session.')) return null;
          throw error;
        },
      );
      req.body = await readBody(req, res);
      return context;
    },

    /** For rows about the session itself: they work without the Platform, so that one can always sign out. */
    session: async (req: Request, res: Response, route: Route, name: string): Promise<SessionContext> => {
      await notForged(req, res, name);
      const session = await livingSession(req, res, route);
      req.body = await readBody(req, res);
      return contextOf(req, res, session);
    },

    /** For all other rows: who it is, what they hold, and whether that is enough, before anything is read. */
    person: async (req: Request, res: Response, route: Route, operation: string): Promise<Context> => {
      await notForged(req, res, operation);
      const {
        session,
        platform: asked,
        correlationId,
        address,
        me: ask,
      } = contextOf(req, res, await livingSession(req, res, route));
      const fresh = mustBeFresh(route);
      const rightsReadAt = fresh ? performance.now() : null;
      const me = await ask(fresh ? 'now' : undefined);
      const context: Context = {
        person: { id: me.id, name: me.name, email: me.email },
        holder: { permissions: me.permissions, roles: me.roles },
        rightsReadAt,
        roleNames: new Map(me.roles.map(({ roleId, roleName }) => [roleId, roleName])),
        sessionRef: sessionRefOf(session.id),
        sessionId: session.id,
        platform: asked,
        correlationId,
        idempotencyKey: req.get('idempotency-key') ?? null,
        address,
        operation,
        route,
      };
      const missing = missingFor(route.permission, context.holder) ?? [];
      if (missing.length > 0) await refuse(context, missing, await who.grantors(session.id, asked));
      req.body = await readBody(req, res);
      return context;
    },
  };
}

/** The doors of the API. */
export type Gate = ReturnType<typeof openGate>;
