import type { RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { addressOf } from './address.ts';
import { correlationIdOf } from './correlation-id.ts';

/** Names what a request was about, for log and metrics: the operation's name, never the address with its values. */
export function nameRequest(res: Pick<Response, 'locals'>, operation: string): void {
  res.locals['operation'] = operation;
}

/** One line for each request when it ends, and its time in the metrics. Health checks are counted, not logged. */
export function requestLog(log: Log, metrics: Metrics | null): RequestHandler {
  return (req, res, next) => {
    const began = process.hrtime.bigint();
    res.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      const operation = String(res.locals['operation'] ?? 'other');
      metrics?.observe(operation, req.method, res.statusCode, seconds);
      if (operation === 'health') return;
      const line = {
        correlationId: correlationIdOf(res),
        operation,
        method: req.method,
        status: res.statusCode,
        ms: Math.round(seconds * 1e4) / 10,
        address: addressOf(req),
        ...(!res.writableFinished && { broken: true }),
      };
      if (operation === 'page' || operation === 'other') log.debug(line, 'request');
      else log.info(line, 'request');
    });
    next();
  };
}
