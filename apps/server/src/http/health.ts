import { Router } from 'express';
import type pg from 'pg';
import { WrongMethod } from './faults.ts';
import { nameRequest } from './request-log.ts';

/** What the readiness of this process depends on. */
export interface Health {
  /** Set when the process stops: it finishes what runs and takes nothing new (security F-16). */
  stopping: boolean;
  readonly isReady: () => Promise<boolean>;
}

/** Ready means: the database answers within two seconds, and the Platform was found. */
export function healthOf(pool: pg.Pool, platformFound: () => boolean): Health {
  const health: Health = {
    stopping: false,
    isReady: async () => {
      if (health.stopping || !platformFound()) return false;
      const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), 2_000).unref());
      return await Promise.race([
        pool.query('SELECT 1').then(
          () => true,
          () => false,
        ),
        late,
      ]);
    },
  };
  return health;
}

/** `/livez` and `/readyz` (product 16.4). They say yes or no and nothing else (security F-26). */
export function healthPages(health: Health): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use(['/livez', '/readyz'], (_req, res, next) => {
    nameRequest(res, 'health');
    next();
  });
  router.get('/livez', (_req, res) => {
    res.set('cache-control', 'no-store').json({ live: true });
  });
  router.get('/readyz', async (_req, res) => {
    const ready = await health.isReady();
    res
      .status(ready ? 200 : 503)
      .set('cache-control', 'no-store')
      .json({ ready });
  });
  router.all(['/livez', '/readyz'], () => {
    throw new WrongMethod(['GET', 'HEAD']);
  });
  return router;
}
