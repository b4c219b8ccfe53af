import { platformApi } from '@latchkey/contract/platform-api/table';
import type { RequestHandler } from 'express';
import { pipeline } from 'node:stream/promises';
import type { Platform } from '../../context/platform.ts';
import type { Gate } from '../../gate.ts';
import { correlationIdOf } from '../../http/correlation-id.ts';
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
    const { value: first = [] } = await batches.next();
    res.status(200).type('json');
    try {
      await pipeline(text(first, batches), res);
    } catch (error) {
      // A status was sent already; the answer ends in the middle, which nobody takes for the whole.
      if (!isHungUp(error))
        platform.log.error({ err: error, correlationId: correlationIdOf(res) }, 'the list of clients broke off');
    }
  };
}

const isHungUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

async function* text(first: readonly unknown[], rest: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let total = first.length;
  yield `{"entities":[${members(first)}`;
  for await (const batch of rest) {
    if (batch.length > 0) yield `,${members(batch)}`;
    total += batch.length;
  }
  yield `],${JSON.stringify(wholeEnvelope(total)).slice(1)}`;
}

const members = (batch: readonly unknown[]): string => JSON.stringify(batch).slice(1, -1);

const wholeEnvelope = (total: number) => ({
  pageSize: total,
  pageNumber: 1,
  pageCount: 1,
  total,
  firstUri: row.path,
  lastUri: row.path,
  selfUri: row.path,
});
