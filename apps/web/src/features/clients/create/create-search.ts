import * as z from 'zod';
import { readSearch } from '../../../ui/search-members.ts';

/** The steps of the wizard, in their order (product 4.1). */
export const createSteps = ['details', 'grant-types', 'settings', 'review'] as const;
export type CreateStep = (typeof createSteps)[number];

/** The search part of `/clients/new`: the client to duplicate, the step, and the client that was made. */
export const readCreateSearch = (search: Record<string, unknown>) =>
  readSearch({ from: z.uuid(), step: z.enum(createSteps), created: z.uuid() }, [], search);
