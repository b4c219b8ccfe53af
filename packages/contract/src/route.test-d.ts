// What must not compile. `tsc` checks this file: each expectation fails the type check when it stops being an error.
import * as z from 'zod';
import { route } from './route.ts';

const base = { method: 'GET', permission: 'oauth:client:view', summary: 'x', output: z.string() } as const;

// @ts-expect-error a row without a permission
route({ method: 'GET', path: '/a', summary: 'x', output: z.string() });
// @ts-expect-error a permission outside the vocabulary
route({ ...base, path: '/a', permission: 'oauth:client:manage' });
// @ts-expect-error a path parameter without a schema
route({ ...base, path: '/a/:id' });
// @ts-expect-error a misspelt path parameter
route({ ...base, path: '/a/:id', params: z.object({ ids: z.string() }) });
// @ts-expect-error parameters for a path that has none
route({ ...base, path: '/a', params: z.object({ id: z.string() }) });

route({ ...base, path: '/a/:id/b/:other', params: z.object({ id: z.string(), other: z.string() }) });
