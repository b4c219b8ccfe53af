import { ClientFilter, ClientSort } from '@latchkey/domain/client-list';
import { Instant } from '@latchkey/domain/client';
import { maxReasonLength } from '@latchkey/domain/text';
import * as z from 'zod';
import { route } from '../route.ts';
import { ClientDetail, ClientForm, ClientRow, Reveal, RevealKey } from './models.ts';

const params = z.object({ clientId: z.string() });
/** The version that the person saw; the act is refused when the client has changed since. */
const seen = z.object({ version: z.string(), reason: z.string().max(maxReasonLength).optional() });

/** The clients of the organization (product 3, 4, 6, 8). */
export const clients = {
  list: route({
    method: 'GET',
    path: '/clients',
    permission: 'oauth:client:view',
    summary: 'The inventory: searched, filtered, sorted, a page at a time',
    query: ClientFilter.extend({
      sort: ClientSort.default('name'),
      order: z.enum(['asc', 'desc']).default('asc'),
      limit: z.coerce.number().int().min(1).max(100).default(50),
      /** Opaque; from the answer before. */
      cursor: z.string().max(2_000).optional(),
    }),
    output: z.object({
      items: z.array(ClientRow),
      /** How many match in all. */
      total: z.int(),
      /** How many there are without any filter. */
      inventory: z.int(),
      next: z.string().nullable(),
      /** When the copy was last compared with the Platform. */
      asOf: Instant,
      /** The Platform could not be asked just now; the answer is as old as `asOf` says. */
      stale: z.boolean(),
    }),
    faults: ['cursor.invalid'],
  }),
  read: route({
    method: 'GET',
    path: '/clients/:clientId',
    permission: 'oauth:client:view',
    summary: 'One client in full, fresh from the Platform',
    params,
    output: ClientDetail,
    faults: ['client.not_found'],
  }),
  create: route({
    method: 'POST',
    path: '/clients',
    permission: 'oauth:client:add',
    reveals: true,
    summary: 'Create a client; its secret comes sealed to the key of the page',
    body: z.strictObject({ client: ClientForm, revealKey: RevealKey }),
    output: z.object({ client: ClientDetail, reveal: Reveal }),
    status: 201,
    faults: [
      'role.not_held',
      'platform.limit',
      'outcome.unknown',
      'reveal.over',
      'idempotency.key_reused',
      'idempotency.in_progress',
    ],
  }),
  edit: route({
    method: 'PUT',
    path: '/clients/:clientId',
    permission: { allOf: ['oauth:client:view', 'oauth:client:edit'] },
    summary: 'Change a client; refused with the present one when somebody else changed it meanwhile',
    params,
    body: z.strictObject({
      version: z.string(),
      client: ClientForm,
      reason: z.string().max(maxReasonLength).optional(),
    }),
    output: ClientDetail,
    faults: ['client.not_found', 'client.changed', 'role.not_held', 'client.pending_removal', 'client.disabled'],
  }),
  deactivate: route({
    method: 'POST',
    path: '/clients/:clientId/deactivate',
    permission: { allOf: ['oauth:client:view', 'oauth:client:edit'] },
    summary: 'Switch a client off without an end: tokens stop, nothing is lost',
    params,
    body: seen,
    output: ClientDetail,
    faults: ['client.not_found', 'client.changed', 'role.not_held', 'client.not_active'],
  }),
  reactivate: route({
    method: 'POST',
    path: '/clients/:clientId/reactivate',
    permission: { allOf: ['oauth:client:view', 'oauth:client:edit'] },
    summary: 'Switch a deactivated client on again',
    params,
    body: seen,
    output: ClientDetail,
    faults: ['client.not_found', 'client.changed', 'role.not_held', 'client.already_active', 'client.breaks_rules'],
  }),
  delete: route({
    method: 'POST',
    path: '/clients/:clientId/delete',
    permission: { allOf: ['oauth:client:view', 'oauth:client:delete'] },
    summary: 'Delete a client: for good when it is at most 30 days old, otherwise restorable for seven days',
    params,
    body: seen.extend({
      /** What the dialog said; refused when it is not so any more (security D-03). */
      meaning: z.enum(['final', 'restorable']),
      /** The client's name as typed; needed when `meaning` is `final`. */
      confirmName: z.string().optional(),
    }),
    output: z.object({ meaning: z.enum(['final', 'restorable']), client: ClientDetail.nullable() }),
    faults: [
      'client.not_found',
      'client.changed',
      'client.pending_removal',
      'client.name_not_confirmed',
      'deletion.meaning_changed',
      'role.not_held',
    ],
  }),
  restore: route({
    method: 'POST',
    path: '/clients/:clientId/restore',
    permission: { allOf: ['oauth:client:view', 'oauth:client:edit'] },
    summary: 'Bring a client back that is pending removal',
    params,
    body: seen,
    output: ClientDetail,
    faults: [
      'client.not_found',
      'client.changed',
      'client.not_pending_removal',
      'client.restore_window_over',
      'client.scopes_missing',
      'client.breaks_rules',
      'role.not_held',
    ],
  }),
};
