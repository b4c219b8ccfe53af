import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { correlationHeader } from './correlation-id.ts';

const statusOfError: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Milliseconds for a refused caller to read why, while the rest of what it sends is thrown away. */
const lastWords = 500;

/**
 * Answers what is no HTTP (security I-02), with a number like every answer (platform-api 3.6), and closes. Closing at
 * once would throw away the answer together with what was not read.
 */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  socket.end(
    [
      `HTTP/1.1 ${statusOfError[error.code ?? ''] ?? '400 Bad Request'}`,
      `${correlationHeader}: ${randomUUID()}`,
      'cache-control: no-store',
      'connection: close',
      'content-length: 0',
      '\r\n',
    ].join('\r\n'),
  );
  socket.removeAllListeners('data').resume();
  setTimeout(() => socket.destroy(), lastWords).unref();
}
