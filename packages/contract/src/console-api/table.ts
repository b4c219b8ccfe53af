import type { Table } from '../route.ts';
import { audit } from './audit.ts';
import { choices } from './choices.ts';
import { clients } from './clients.ts';
import { history } from './history.ts';
import { reveals, secrets } from './secrets.ts';
import { session } from './session.ts';

/** What the page may ask of the console server, one feature per line. Paths are below `/api`. */
export const consoleApi = { session, choices, clients, secrets, reveals, history, audit } satisfies Table;
export type ConsoleApi = typeof consoleApi;
