import * as z from 'zod';
import { route } from '../route.ts';
import { OAuthScope, shortListing } from './models.ts';

/** `/api/v2/oauth/scopes…` (platform-api 2.4). */
export const scopes = {
  list: route({
    method: 'GET',
    path: '/api/v2/oauth/scopes',
    permission: 'signed-in',
    summary: 'The scopes that a client can have',
    output: shortListing(OAuthScope),
  }),
  read: route({
    method: 'GET',
    path: '/api/v2/oauth/scopes/:scopeId',
    permission: 'signed-in',
    summary: 'One scope',
    params: z.object({ scopeId: z.string() }),
    output: OAuthScope,
    faults: ['not.found'],
  }),
};
