import * as z from 'zod';

/**
 * Zod must not compile checks with `new Function`: the page's Content-Security-Policy forbids it and would report each
 * attempt (security H-01). Imported before everything that makes schemas.
 */
z.config({ jitless: true });
