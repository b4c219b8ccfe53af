import { Fault, faults, isFaultCode, type Problem } from '@latchkey/contract/faults';
import type { Route } from '@latchkey/contract/route';
import { address, type Sent } from './address.ts';

/** What a single call may add: an abort signal and headers such as `Idempotency-Key`. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly headers?: Record<string, string>;
}

/** How the page talks: `fetch` with whatever the connection adds to each request. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** One request to the console's API and one parsed answer, or one `Fault`. */
export async function call(
  route: Route,
  base: string,
  sent: Sent,
  send: Send,
  options: CallOptions = {},
): Promise<unknown> {
  const hasBody = route.body !== undefined && sent.body !== undefined;
  const response = await send(base + address(route, sent), {
    method: route.method,
    headers: { accept: 'application/json', ...(hasBody && { 'content-type': 'application/json' }), ...options.headers },
    ...(hasBody && { body: JSON.stringify(sent.body) }),
    ...(options.signal && { signal: options.signal }),
  }).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw new Fault('platform.unreachable', { detail: 'The console could not be reached.' }, { cause });
  });
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) throw faultIn(answer, response);
  return route.output.parse(answer);
}

function faultIn(answer: unknown, response: Response): Fault {
  const { code, status: _status, title: _title, ...extra } = (answer ?? {}) as Partial<Problem>;
  if (isFaultCode(code)) return new Fault(code, extra);
  const correlationId = response.headers.get('x-correlation-id');
  return new Fault(response.status === 503 ? 'server.stopping' : 'server.failed', {
    detail: `${faults['server.failed'].title} (${response.status}).`,
    ...(correlationId && { correlationId }),
  });
}
