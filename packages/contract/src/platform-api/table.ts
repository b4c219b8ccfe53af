import type { Table } from '../route.ts';
import { authorization } from './authorization.ts';
import { clients } from './clients.ts';
import { organization } from './organization.ts';
import { scopes } from './scopes.ts';
import { users } from './users.ts';

/** The Platform API, one feature per line: the embedded Platform serves it, the console calls it. */
export const platformApi = { clients, scopes, users, authorization, organization } satisfies Table;
export type PlatformApi = typeof platformApi;
