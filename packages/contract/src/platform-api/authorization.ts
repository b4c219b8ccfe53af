import * as z from 'zod';
import { route } from '../route.ts';
import { Division, listing, Paging, QueryList, Role, Subject } from './models.ts';

const lookup = Paging.extend({
  sortBy: z.string().optional(),
  expand: QueryList.optional(),
  nextPage: z.string().optional(),
  previousPage: z.string().optional(),
  name: z.string().optional(),
  id: QueryList.optional(),
});
const grants = z.object({ grants: z.array(z.object({ roleId: z.string(), divisionId: z.string() })) });
const subject = { params: z.object({ subjectId: z.string() }), scope: 'authorization' } as const;
const subjectType = z.object({ subjectType: z.enum(['PC_USER', 'PC_OAUTH_CLIENT']).default('PC_USER') });

/** `/api/v2/authorization/…` (platform-api 2.8). */
export const authorization = {
  listRoles: route({
    method: 'GET',
    path: '/api/v2/authorization/roles',
    permission: 'authorization:role:view',
    scope: 'authorization',
    summary: 'The roles of the organization',
    query: lookup.extend({
      permission: QueryList.optional(),
      defaultRoleId: QueryList.optional(),
      userCount: z.stringbool().default(true),
    }),
    output: listing(Role),
  }),
  readRole: route({
    method: 'GET',
    path: '/api/v2/authorization/roles/:roleId',
    permission: 'authorization:role:view',
    scope: 'authorization',
    summary: 'One role',
    params: z.object({ roleId: z.string() }),
    query: z.object({ userCount: z.stringbool().default(true), expand: QueryList.optional() }),
    output: Role,
    faults: ['not.found'],
  }),
  listDivisions: route({
    method: 'GET',
    path: '/api/v2/authorization/divisions',
    permission: 'signed-in',
    summary: 'The divisions of the organization',
    query: lookup.extend({ objectCount: z.stringbool().default(false) }),
    output: listing(Division),
  }),
  queryDivisions: route({
    method: 'GET',
    path: '/api/v2/authorization/divisions/query',
    permission: 'signed-in',
    summary: 'The divisions, by cursor',
    query: z.object({
      before: z.string().optional(),
      after: z.string().optional(),
      pageSize: z.coerce.number().int().min(1).max(200).default(25),
      id: QueryList.optional(),
      name: z.string().optional(),
    }),
    output: z.object({
      entities: z.array(Division),
      pageSize: z.int().optional(),
      nextUri: z.string().optional(),
      previousUri: z.string().optional(),
      selfUri: z.string().optional(),
    }),
  }),
  homeDivision: route({
    method: 'GET',
    path: '/api/v2/authorization/divisions/home',
    permission: 'signed-in',
    summary: 'The home division',
    output: Division,
  }),
  myDivisions: route({
    method: 'GET',
    path: '/api/v2/authorization/divisionspermitted/paged/me',
    permission: 'signed-in',
    summary: 'The divisions in which the caller holds a permission',
    query: Paging.extend({ permission: z.string() }),
    output: listing(Division).extend({ allDivsPermitted: z.boolean().optional() }),
  }),
  mySubject: route({
    method: 'GET',
    path: '/api/v2/authorization/subjects/me',
    permission: 'signed-in',
    summary: 'The grants of the caller',
    query: z.object({ includeDuplicates: z.stringbool().default(false) }),
    output: Subject,
  }),
  readSubject: route({
    ...subject,
    method: 'GET',
    path: '/api/v2/authorization/subjects/:subjectId',
    permission: 'authorization:grant:view',
    summary: 'The grants of a person or a client',
    query: z.object({ includeDuplicates: z.stringbool().default(false) }),
    output: Subject,
    faults: ['not.found'],
  }),
  addGrants: route({
    ...subject,
    method: 'POST',
    path: '/api/v2/authorization/subjects/:subjectId/bulkadd',
    permission: 'authorization:grant:add',
    summary: 'Give roles to a person or a client',
    query: subjectType,
    body: grants,
    output: z.undefined(),
    status: 204,
    faults: ['not.found', 'role.not.held', 'invalid.value', 'conflict'],
  }),
  removeGrants: route({
    ...subject,
    method: 'POST',
    path: '/api/v2/authorization/subjects/:subjectId/bulkremove',
    permission: 'authorization:grant:delete',
    summary: 'Take roles from a person or a client',
    query: subjectType,
    body: grants,
    output: z.undefined(),
    status: 204,
    faults: ['not.found', 'role.not.held', 'missing.client.roles', 'conflict'],
  }),
  replaceGrants: route({
    ...subject,
    method: 'POST',
    path: '/api/v2/authorization/subjects/:subjectId/bulkreplace',
    permission: { allOf: ['authorization:grant:add', 'authorization:grant:delete'] },
    summary: 'Replace the roles of a person or a client',
    query: subjectType,
    body: grants,
    output: z.undefined(),
    status: 204,
    faults: ['not.found', 'role.not.held', 'invalid.value', 'missing.client.roles', 'conflict'],
  }),
  listPermissions: route({
    method: 'GET',
    path: '/api/v2/authorization/permissions',
    permission: 'signed-in',
    summary: 'The permission catalogue',
    query: Paging.extend({ queryType: z.enum(['domain', 'permission']).optional(), query: z.string().optional() }),
    output: listing(
      z.object({
        id: z.string().optional(),
        name: z.string().optional(),
        domain: z.string(),
        permissionMap: z.record(
          z.string(),
          z.array(
            z.object({
              domain: z.string(),
              entityType: z.string(),
              action: z.string(),
              label: z.string(),
              allowsConditions: z.boolean(),
              divisionAware: z.boolean(),
            }),
          ),
        ),
      }),
    ),
  }),
  listProducts: route({
    method: 'GET',
    path: '/api/v2/authorization/products',
    permission: 'signed-in',
    summary: 'The products of the organization',
    output: shortListingOfProducts(),
  }),
};

function shortListingOfProducts() {
  return z.object({
    total: z.int().optional(),
    entities: z.array(z.object({ id: z.string() })),
    selfUri: z.string().optional(),
  });
}
