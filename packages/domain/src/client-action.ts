import * as z from 'zod';

/**
 * What can be done to a client that exists (product 3.8). The names stand apart from the rules of `may.ts`: whoever only
 * reads refusals, such as the contract and the page, does not carry the rules with it.
 */
export const clientActions = [
  'edit',
  'generateSecret',
  'deactivate',
  'reactivate',
  'delete',
  'restore',
  'duplicate',
] as const;

export const ClientAction = z.enum(clientActions);
export type ClientAction = z.infer<typeof ClientAction>;
