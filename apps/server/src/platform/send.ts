import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Bounds of one call to the Platform (security 0.1): milliseconds, and bytes of the answer. */
export interface Bounds {
  readonly connectMs: number;
  readonly totalMs: number;
  readonly maxBytes: number;
}

/** The bounds of an ordinary call. */
export const usualBounds: Bounds = { connectMs: 2_000, totalMs: 10_000, maxBytes: 5 * 1024 * 1024 };

/** What is sent. Nothing is added to it but `Host`, `Content-Length` and `Connection`. */
export interface Sending {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bounds: Bounds;
  readonly signal?: AbortSignal | undefined;
}

/** An answer, read to its end. */
export interface Received {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly text: string;
}

/** Why there is no answer. `sent` tells whether the Platform may have received the request. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
  readonly sent: boolean;
  constructor(message: string, sent: boolean, options?: ErrorOptions) {
    super(message, options);
    this.sent = sent;
  }
}

const agents = {
  'http:': new HttpAgent({ keepAlive: true, maxSockets: 32, scheduling: 'lifo' }),
  'https:': new HttpsAgent({ keepAlive: true, maxSockets: 32, scheduling: 'lifo' }),
};

/**
 * One request and its whole answer, within bounds that `fetch` does not have: a time to connect, a time in all, and a
 * size. Redirects are answers like any other (security Z-16), and nothing is unpacked, so that no small answer becomes
 * a large one. A change gets a connection of its own: on a kept one it could die unseen and would have to be repeated.
 *
 * @throws NoAnswer for everything that is not a complete answer
 */
export async function send({ method, url, headers, body, bounds, signal }: Sending): Promise<Received> {
  const secure = url.protocol === 'https:';
  const isRead = method === 'GET' || method === 'HEAD';
  const options: RequestOptions = {
    method,
    agent: isRead ? agents[secure ? 'https:' : 'http:'] : false,
    headers: { ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
    maxHeaderSize: 32 * 1024,
  };
  const { promise, resolve, reject } = Promise.withResolvers<Received>();
  let sent = false;
  const request = (secure ? httpsRequest : httpRequest)(url, options);
  const giveUp = (why: string, cause?: unknown): void => {
    reject(new NoAnswer(why, sent, { cause }));
    request.destroy();
  };
  const total = setTimeout(() => giveUp('took too long'), bounds.totalMs);
  const connecting = setTimeout(() => giveUp('did not connect in time'), bounds.connectMs);
  const abort = (): void => giveUp('was aborted', signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const connected = (): void => {
    sent = true;
    clearTimeout(connecting);
  };
  request.on('socket', (socket) => {
    if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected);
    else connected();
  });
  request.on('error', (error) => giveUp('broke off', error));
  request.on('response', (response) => {
    readAll(response, bounds.maxBytes).then(
      (text) => resolve({ status: response.statusCode ?? 0, header: headerOf(response), text }),
      (error: unknown) => giveUp('broke off in the middle', error),
    );
  });
  request.end(body);
  try {
    return await promise;
  } finally {
    clearTimeout(total);
    clearTimeout(connecting);
    signal?.removeEventListener('abort', abort);
  }
}

async function readAll(response: IncomingMessage, maxBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new RangeError('The answer is too large');
    parts.push(part);
  }
  if (!response.complete) throw new Error('The answer is not complete');
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
}

const headerOf =
  ({ headers }: IncomingMessage) =>
  (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
