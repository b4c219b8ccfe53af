import * as z from 'zod';
import { route } from '../route.ts';
import { EntityRef, listing, Paging, QueryList, User, UserMe } from './models.ts';

/** `/api/v2/users…` (platform-api 2.7). */
export const users = {
  me: route({
    method: 'GET',
    path: '/api/v2/users/me',
    permission: 'signed-in',
    personOnly: true,
    summary: 'The person behind the token',
    query: z.object({ expand: QueryList.optional() }),
    output: UserMe,
  }),
  list: route({
    method: 'GET',
    path: '/api/v2/users',
    permission: 'signed-in',
    summary: 'The people of the organization',
    query: Paging.extend({
      id: QueryList.optional(),
      state: z.enum(['active', 'inactive', 'deleted', 'any']).default('active'),
    }),
    output: listing(User),
  }),
  read: route({
    method: 'GET',
    path: '/api/v2/users/:userId',
    permission: 'signed-in',
    summary: 'One person',
    params: z.object({ userId: z.string() }),
    query: z.object({ expand: QueryList.optional(), state: z.string().optional() }),
    output: UserMe,
    faults: ['not.found'],
  }),
  roles: route({
    method: 'GET',
    path: '/api/v2/users/:userId/roles',
    permission: 'authorization:grant:view',
    scope: 'authorization',
    summary: 'The roles of a person',
    params: z.object({ userId: z.string() }),
    output: z.object({ roles: z.array(EntityRef), selfUri: z.string().optional() }),
    faults: ['not.found'],
  }),
  setRoles: route({
    method: 'PUT',
    path: '/api/v2/users/:userId/roles',
    permission: 'authorization:grant:add',
    scope: 'authorization',
    summary: 'Replace the roles of a person, in the home division',
    params: z.object({ userId: z.string() }),
    body: z.array(z.string()),
    output: z.object({ roles: z.array(EntityRef), selfUri: z.string().optional() }),
    faults: ['not.found', 'role.not.held', 'invalid.value'],
  }),
};
