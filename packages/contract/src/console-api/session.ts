import { Instant } from '@latchkey/domain/client';
import * as z from 'zod';
import { route } from '../route.ts';

/** When a session ends by itself (product 2.2). */
const SessionEnds = z.object({
  /** Idle limit in seconds. */
  idleSeconds: z.int(),
  idleEndsAt: Instant,
  absoluteEndsAt: Instant,
  /** The server's clock at the moment of the answer, so that the page counts down rightly. */
  now: Instant,
});

/** What differs between the Platforms (product 1.2). */
export const Capabilities = z.object({
  severalGrantTypes: z.boolean(),
  overlappingSecrets: z.boolean(),
  restore: z.boolean(),
  usageBySecret: z.boolean(),
  revokeTokens: z.boolean(),
  allowedIpRanges: z.boolean(),
  changeFeed: z.boolean(),
  /** Scopes narrow a client-credentials token. */
  scopesNarrowRoles: z.boolean(),
  /** Deleting an active client needs `oauth:client:edit` besides `oauth:client:delete`. */
  deleteNeedsEdit: z.boolean(),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** The person, their rights and their session. */
export const SessionView = z.object({
  person: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  /** Every permission the person holds, expanded to `domain:entity:action`. */
  permissions: z.array(z.string()),
  roles: z.array(
    z.object({ roleId: z.string(), roleName: z.string(), divisionId: z.string(), divisionName: z.string() }),
  ),
  organization: z.object({ id: z.string(), name: z.string(), hipaa: z.boolean() }),
  platform: z.object({
    kind: z.enum(['embedded', 'genesys-cloud']),
    address: z.string(),
    tokenUrl: z.string(),
    capabilities: Capabilities,
  }),
  /** Names of the roles whose holders can give permissions, for the sentence on a refused control (product 2.6). */
  grantors: z.array(z.string()),
  ends: SessionEnds,
});
export type SessionView = z.infer<typeof SessionView>;

/** Signing in and out, the session's life, the person's own sessions (product 2.2, 2.4). */
export const session = {
  read: route({
    method: 'GET',
    path: '/session',
    permission: 'anyone',
    background: true,
    summary: 'Who is signed in, with rights and the end of the session; `null` when nobody is',
    output: SessionView.nullable(),
  }),
  stay: route({
    method: 'POST',
    path: '/session/stay',
    permission: 'signed-in',
    summary: 'Start the idle time anew',
    output: SessionEnds,
  }),
  signOut: route({
    method: 'POST',
    path: '/sign-out',
    permission: 'signed-in',
    summary: 'End this session here and on the Platform',
    output: z.object({
      /** The Platform's sign-out page, to visit next. */
      next: z.string(),
      /** Whether the Platform confirmed that the tokens are revoked; if not, it is tried again. */
      revoked: z.boolean(),
    }),
  }),
  signOutEverywhere: route({
    method: 'POST',
    path: '/sign-out-everywhere',
    permission: 'signed-in',
    summary: 'End all sessions of the person',
    output: z.object({ next: z.string(), ended: z.int() }),
  }),
  list: route({
    method: 'GET',
    path: '/sessions',
    permission: 'signed-in',
    summary: "The person's own live sessions",
    output: z.array(
      z.object({
        id: z.string(),
        current: z.boolean(),
        startedAt: Instant,
        lastActiveAt: Instant,
        address: z.string(),
        browser: z.string(),
      }),
    ),
  }),
  end: route({
    method: 'DELETE',
    path: '/sessions/:sessionId',
    permission: 'signed-in',
    summary: "End one of the person's own sessions",
    params: z.object({ sessionId: z.string() }),
    output: z.undefined(),
    status: 204,
    faults: ['session.not_found'],
  }),
};
