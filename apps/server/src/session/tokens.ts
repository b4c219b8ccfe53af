import * as z from 'zod';

/** What the Platform handed out for a session. Never leaves the server (security S-12). */
export const Tokens = z.object({ access: z.string(), refresh: z.string().nullable(), accessEndsAt: z.coerce.date() });
export type Tokens = z.infer<typeof Tokens>;
