import { AuditEvent } from '@latchkey/domain/audit';
import * as z from 'zod';
import { route } from '../route.ts';

/** What happened to a client (product 10.1, 10.3). */
export const history = {
  ofClient: route({
    method: 'GET',
    path: '/clients/:clientId/history',
    permission: 'oauth:client:view',
    summary: 'The events of a client, newest first',
    params: z.object({ clientId: z.string() }),
    query: z.object({
      limit: z.coerce.number().int().min(1).max(100).default(50),
      /** Events before this sequence number. */
      before: z.coerce.number().int().min(1).optional(),
    }),
    output: z.object({ items: z.array(AuditEvent), next: z.int().nullable() }),
  }),
};
