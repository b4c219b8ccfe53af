import { platformApi } from '@latchkey/contract/platform-api/table';
import type { RequestHandler, Response } from 'express';
import { once } from 'node:events';
import type { Platform } from '../../context/platform.ts';
import type { Gate } from '../../gate.ts';
import type { Now } from '../shared/now.ts';
import { allClients } from './list-clients.ts';

const row = platformApi.clients.list;

/**
 * The list without parameters: everything in one answer, as on the real wire (platform-api 2.1), written as it is read,
 * since 100,000 clients are some 60 MB. A request with parameters goes on to the ordinary row.
 */
export function wholeList(platform: Platform, gate: Gate, clock: Now): RequestHandler {
  return async (req, res, next) => {
    const paged = platform.extensions && Object.keys(row.query.shape).some((name) => name in req.query);
    if (req.method !== row.method || paged) {
      next();
      return;
    }
    await gate(req, res, row);
    const batches = allClients(platform.db, await clock(platform.db), platform.extensions);
    // The first batch is read before anything is sent, so that a failure still has a status.
    const first = await batches.next();
    res.status(200).type('json');
    let total = await writeBatch(res, '{"entities":[', first.value ?? []);
    for await (const batch of batches) total += await writeBatch(res, total > 0 && batch.length > 0 ? ',' : '', batch);
    res.end(`],${JSON.stringify(wholeEnvelope(total)).slice(1)}`);
  };
}

async function writeBatch(res: Response, before: string, batch: readonly unknown[]): Promise<number> {
  // Who hung up waits for nothing.
  if (res.destroyed) throw new Error('The reader of the list has gone');
  const text = before + JSON.stringify(batch).slice(1, -1);
  if (!res.write(text)) await Promise.race([once(res, 'drain'), once(res, 'close')]);
  return batch.length;
}

const wholeEnvelope = (total: number) => ({
  pageSize: total,
  pageNumber: 1,
  pageCount: 1,
  total,
  firstUri: row.path,
  lastUri: row.path,
  selfUri: row.path,
});
