import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to one request: it passes; it is lost on the way, or its answer is, with the connection cut at once or
 * left open for good; or it is answered by something else.
 */
export type Fate =
  | 'passes'
  | 'is lost'
  | 'loses its answer'
  | 'hangs'
  | 'hangs after it was done'
  | { readonly answer: () => { status: number; headers?: Record<string, string>; body?: string } };

/** Something between the console and the Platform on which a test has its hand. */
export interface FaultyProxy {
  readonly url: string;
  /** Where requests go; told after the Platform has started. */
  target: string;
  /** Decides on each request. */
  fate: (method: string, path: string) => Fate;
  /** Every request that came, with its headers. */
  readonly seen: { method: string; path: string; headers: IncomingMessage['headers'] }[];
  /** Paths of requests that were done and will never be answered. */
  readonly hanging: string[];
  stop(): Promise<void>;
}

/** Starts one on `127.0.0.1`; everything passes until told otherwise. */
export async function aFaultyProxy(): Promise<FaultyProxy> {
  const pass = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const path = req.url ?? '/';
    const method = req.method ?? 'GET';
    proxy.seen.push({ method, path, headers: req.headers });
    const parts: Buffer[] = [];
    for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
    const fate = proxy.fate(method, path);
    if (fate === 'is lost') return void req.socket.destroy();
    if (fate === 'hangs') return;
    if (typeof fate === 'object') {
      const { status, headers = {}, body = '' } = fate.answer();
      return void res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    }
    const onward = request(new URL(path, proxy.target), { method, headers: req.headers, agent: false }, (answer) => {
      if (fate === 'loses its answer') {
        answer.resume().on('end', () => req.socket.destroy());
        return;
      }
      if (fate === 'hangs after it was done') return void answer.resume().on('end', () => proxy.hanging.push(path));
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(res);
    });
    onward.on('error', () => req.socket.destroy());
    onward.end(Buffer.concat(parts));
  };
  const server = createServer((req, res) => {
    pass(req, res).catch(() => req.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: 'http://127.0.0.1:9',
    fate: () => 'passes',
    seen: [],
    hanging: [],
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return proxy;
}
