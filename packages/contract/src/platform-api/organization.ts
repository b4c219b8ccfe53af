import * as z from 'zod';
import { route } from '../route.ts';
import { Organization } from './models.ts';

/** `/api/v2/organizations/…` (platform-api 2.11). */
export const organization = {
  me: route({
    method: 'GET',
    path: '/api/v2/organizations/me',
    permission: 'signed-in',
    summary: 'The organization of the token',
    output: Organization,
  }),
  limits: route({
    method: 'GET',
    path: '/api/v2/organizations/limits/namespaces/:namespace',
    permission: 'signed-in',
    summary: 'The limits of a namespace',
    params: z.object({ namespace: z.string() }),
    output: z.object({
      entities: z.array(z.object({ key: z.string(), namespace: z.string(), value: z.number() })),
      selfUri: z.string().optional(),
    }),
    faults: ['not.found'],
  }),
};
