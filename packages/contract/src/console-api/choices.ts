import * as z from 'zod';
import { route } from '../route.ts';

/** A role to give, with where this person may give it (product 4.3). */
export const RoleChoice = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** The Platform's identity of a built-in role; tells the SCIM role (security T-03). */
  defaultRoleId: z.string().nullable(),
  /** Divisions in which the person holds the role; `*` is all; empty means it cannot be given. */
  heldIn: z.array(z.string()),
  /** Permissions of the role; `null` where the person may not read roles. */
  permissions: z.array(z.string()).nullable(),
  /** Holds a wildcard or administrative permission. */
  broad: z.boolean(),
});
export type RoleChoice = z.infer<typeof RoleChoice>;

/** What a form offers (product 4.3, 4.4). */
export const choices = {
  roles: route({
    method: 'GET',
    path: '/choices/roles',
    permission: 'signed-in',
    summary: 'All roles, with where this person may give each',
    output: z.array(RoleChoice),
  }),
  divisions: route({
    method: 'GET',
    path: '/choices/divisions',
    permission: 'signed-in',
    summary: 'All divisions',
    output: z.array(z.object({ id: z.string(), name: z.string(), home: z.boolean() })),
  }),
  scopes: route({
    method: 'GET',
    path: '/choices/scopes',
    permission: 'signed-in',
    summary: 'All scopes',
    output: z.array(z.object({ id: z.string(), description: z.string() })),
  }),
  people: route({
    method: 'GET',
    path: '/choices/people',
    permission: 'signed-in',
    summary: 'People whose name or e-mail address contains a text, to choose an owner from; or those with some ids',
    query: z.object({
      q: z.string().max(200).default(''),
      /** Only people with one of these ids, and all of them: to name those who were chosen before. */
      ids: z.array(z.string().max(200)).max(100).optional(),
      /** How many at most; without meaning where `ids` are given. */
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    output: z.array(z.object({ id: z.string(), name: z.string(), email: z.string().optional() })),
  }),
};
