import { faults, type FaultCode, type Problem } from '@latchkey/contract/faults';
import { vi } from 'vitest';

/** What the page sent. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly idempotencyKey: string | null;
}

/** Stands in for the server: answers each request by method and path, and keeps what was sent. */
export function serverAnswers(answer: (sent: Sent) => unknown): Sent[] {
  const requests: Sent[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const sent: Sent = {
      method: init.method ?? 'GET',
      path: url,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      idempotencyKey: new Headers(init.headers).get('idempotency-key'),
    };
    requests.push(sent);
    const said = answer(sent);
    const status = isProblem(said) ? said.status : said === undefined ? 204 : 200;
    return new Response(said === undefined ? null : JSON.stringify(said), {
      status,
      headers: { 'content-type': 'application/json' },
    });
  });
  return requests;
}

/** A refusal as the server words it. */
export const refused = (code: FaultCode, extra: Partial<Problem> = {}): Problem => ({
  code,
  ...faults[code],
  ...extra,
});

const isProblem = (said: unknown): said is Problem =>
  typeof said === 'object' && said !== null && 'code' in said && 'status' in said && 'title' in said;
