import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@latchkey/contract/faults';
import type { Answer, Request, Route } from '@latchkey/contract/route';
import { address, type Sent } from '@latchkey/wire/address';
import { lostAnswer, refusedBy, type Translations } from './faults.ts';
import { NoAnswer, send, usualBounds, type Bounds, type Received } from './send.ts';

/** Who calls, and what the Platform writes into its log. */
export interface Caller {
  readonly token: () => Promise<string>;
  readonly correlationId: string;
}

/** What one call may need besides its row. */
export interface CallOptions {
  readonly bounds?: Bounds;
  readonly signal?: AbortSignal | undefined;
  /** What the Platform's codes mean for this operation, where that differs from the usual. */
  readonly means?: Translations;
}

/** Calls one row of the Platform table. */
export type Upstream = <R extends Route>(row: R, sent: Request<R>, options?: CallOptions) => Promise<Answer<R>>;

/** The longest `Retry-After` that is waited for, in seconds; a person waits meanwhile (security F-10). */
const longestPauseSeconds = 2;
/** Tries in all, reads only (security 0.1). */
const tries = 3;

/**
 * The Platform's table, callable with one token. Only what a row names is sent, and no header of the caller (security
 * Z-15); only what a row promises comes back: a secret in the answer to a read is dropped here (product 5.4).
 *
 * @param base origin of the Platform API
 */
export const upstreamOf =
  (base: URL, { token, correlationId }: Caller): Upstream =>
  async (row, sent, { bounds = usualBounds, signal, means = {} } = {}) => {
    const isRead = row.method === 'GET';
    const given = sent as Sent;
    const body = row.body !== undefined && given.body !== undefined ? JSON.stringify(given.body) : undefined;
    const until = Date.now() + bounds.totalMs;
    for (let attempt = 1; ; attempt += 1) {
      const authorization = `Bearer ${await token()}`;
      const headers = {
        accept: 'application/json',
        authorization,
        'inin-correlation-id': correlationId,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(body === undefined && !isRead && { 'content-length': '0' }),
      };
      const left = { ...bounds, totalMs: Math.max(1, until - Date.now()) };
      const url = new URL(address(row, given), base);
      const answer = await send({
        method: row.method,
        url,
        headers,
        ...(body !== undefined && { body }),
        bounds: left,
        signal,
      }).catch((error: unknown) => error);
      const again = isRead && attempt < tries && !signal?.aborted ? secondsToWait(answer, attempt) : null;
      if (again !== null && Date.now() + again * 1000 < until) {
        await pause(again * 1000);
        continue;
      }
      if (!isReceived(answer)) throw lostAnswer(answer, isRead);
      return parsed(row, answer, isRead, means);
    }
  };

const isReceived = (answer: unknown): answer is Received =>
  typeof answer === 'object' && answer !== null && 'status' in answer;

/** How long to wait before a read is tried again, or null when trying again makes no sense. */
function secondsToWait(answer: unknown, attempt: number): number | null {
  if (!isReceived(answer)) return answer instanceof NoAnswer && answer.message === 'broke off' ? 0.1 * attempt : null;
  if (answer.status !== 429 && answer.status !== 502 && answer.status !== 503) return null;
  const asked = Number(answer.header('retry-after') ?? Number.NaN);
  if (Number.isFinite(asked)) return asked <= longestPauseSeconds ? asked : null;
  return answer.status === 429 ? null : 0.2 * attempt;
}

function parsed<R extends Route>(row: R, answer: Received, isRead: boolean, means: Translations): Answer<R> {
  if (answer.status < 200 || answer.status > 299) throw refusedBy(answer, isRead, means);
  if (row.status === 204 || (row.method === 'DELETE' && answer.text === '')) return undefined as Answer<R>;
  const output = row.output.safeParse(json(answer));
  if (output.success) return output.data as Answer<R>;
  // Something was done, and nobody can tell what.
  if (!isRead) throw new Fault('outcome.unknown');
  throw new Fault(
    'platform.garbled',
    {},
    {
      cause: new Error(
        output.error.issues
          .map(({ path, code }) => `${path.join('.')} ${code}`)
          .slice(0, 5)
          .join(', '),
      ),
    },
  );
}

function json({ text, header }: Received): unknown {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(header('content-type') ?? '')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
