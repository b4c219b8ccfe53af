import { Router } from 'express';

/** What the health pages ask. */
export interface Health {
  /** False from the moment the Platform is told to stop. */
  readonly accepting: () => boolean;
  /** Rejects when the database does not answer. */
  readonly probe: () => Promise<void>;
}

/** `/livez`: the process runs. `/readyz`: it takes requests and reaches its database (product 16.4). */
export function healthPages({ accepting, probe }: Health): Router {
  const router = Router();
  router.get('/livez', (_req, res) => {
    res.set('cache-control', 'no-store').json({ status: 'alive' });
  });
  router.get('/readyz', async (_req, res) => {
    const ready =
      accepting() &&
      (await probe().then(
        () => true,
        () => false,
      ));
    res
      .set('cache-control', 'no-store')
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ready' : 'unavailable' });
  });
  return router;
}
