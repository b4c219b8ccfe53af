import * as z from 'zod';
import { readSearch } from '../../../ui/search-members.ts';

/** The tabs of a client's page (product 6.1), in their order. */
export const detailTabs = ['overview', 'configuration', 'roles', 'scopes', 'secrets', 'history'] as const;
export type DetailTab = (typeof detailTabs)[number];

/** What the row menu of the inventory, a link or a palette may ask a client's page to open. */
export const clientActs = ['edit', 'generate-secret', 'deactivate', 'reactivate', 'delete', 'restore'] as const;
export type ClientAct = (typeof clientActs)[number];

const members = { tab: z.enum(detailTabs), do: z.enum(clientActs) };

/** The search part of `/clients/$clientId`. */
export const readDetailSearch = (search: Record<string, unknown>) => readSearch(members, [], search);
