import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { parserHeaderBytes } from './http/bounds.ts';

/** Milliseconds that a caller may take; set on purpose, Node's own are 60 s and 300 s (security B-07). */
export const serverTimes = { headers: 10_000, request: 15_000, keepAlive: 65_000, idleSocket: 120_000 } as const;

/** How long running requests may take when the process stops, in milliseconds (security 0.1). */
export const stopWithin = 13_000;

/** How long a process that is no longer ready still takes requests, in milliseconds, until whoever asks has noticed. */
export const noticeTime = 750;

/** Listens with every bound set. */
export async function listen(
  app: RequestListener,
  port: number,
  host: string,
): Promise<{ server: Server; port: number }> {
  const server = createServer(
    {
      maxHeaderSize: parserHeaderBytes,
      headersTimeout: serverTimes.headers,
      requestTimeout: serverTimes.request,
      keepAliveTimeout: serverTimes.keepAlive,
      connectionsCheckingInterval: 2_000,
      insecureHTTPParser: false,
      requireHostHeader: true,
    },
    app,
  );
  server.timeout = serverTimes.idleSocket;
  server.maxHeadersCount = 200;
  server.on('clientError', refuseBrokenRequest);
  server.listen(port, host);
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

const statusOfError: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Milliseconds for a refused caller to read why, while the rest of what it sends is thrown away. */
const lastWords = 500;

/** Answers what is no HTTP, and closes. Closing at once would throw away the answer together with what was not read. */
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  socket.end(
    `HTTP/1.1 ${statusOfError[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
  socket.removeAllListeners('data').resume();
  setTimeout(() => socket.destroy(), lastWords).unref();
}

/** Takes no more connections, lets running requests finish, and cuts what is left when the time is over (security F-16). */
export async function closeServer(server: Server, within = stopWithin): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const time = new AbortController();
  const late = pause(within, 'late', { signal: time.signal }).catch(() => 'in time');
  if ((await Promise.race([closed, late])) === 'late') server.closeAllConnections();
  clearInterval(idle);
  time.abort();
  await closed;
}
