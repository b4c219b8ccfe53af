import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus may know (product 16.4): times and counts by operation, never a name or an id. */
export interface Metrics {
  observe(operation: string, method: string, status: number, seconds: number): void;
  /** Serves `/metrics` on a port of its own. */
  listen(port: number, host: string): Server;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Starts counting. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'latchkey_console_' });
  const requests = new Histogram({
    name: 'latchkey_console_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['operation', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    observe: (operation, method, status, seconds) =>
      requests.observe(
        { operation, method: methods.has(method) ? method : 'other', status: `${Math.floor(status / 100)}xx` },
        seconds,
      ),
    listen(port, host) {
      const server = createServer((req, res) => {
        if (req.method !== 'GET' || req.url !== '/metrics') return void res.writeHead(404).end();
        registry.metrics().then(
          (text) => res.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text),
          () => res.writeHead(500).end(),
        );
      });
      return server.listen(port, host);
    },
  };
}
