import express, { Router } from 'express';
import type { Log } from '../log.ts';
import { nameRequest } from './request-log.ts';

/** Where browsers report what the content security policy stopped. */
export const reportPath = '/csp-reports';

/** How many reports a minute are logged by one process; the rest is counted (security H-02, B-10). */
const loggedPerMinute = 20;

/** Takes reports of the browser. What they say is anybody's invention, so only directive and origin are logged. */
export function cspReports(log: Log): Router {
  const seen = { minute: 0, count: 0 };
  const router = Router({ caseSensitive: true, strict: true });
  const body = express.json({
    type: ['application/csp-report', 'application/reports+json'],
    limit: '16kb',
    inflate: false,
  });
  router.post(reportPath, body, (req, res) => {
    nameRequest(res, 'csp report');
    const minute = Math.floor(Date.now() / 60_000);
    if (minute !== seen.minute) {
      if (seen.count > loggedPerMinute)
        log.warn({ reports: seen.count }, 'More reports about the content security policy than were logged');
      Object.assign(seen, { minute, count: 0 });
    }
    seen.count += 1;
    if (seen.count <= loggedPerMinute) log.warn(summary(req.body), 'The content security policy stopped something');
    res.status(204).end();
  });
  return router;
}

function summary(given: unknown): object {
  const first = (Array.isArray(given) ? given[0] : given) as Record<string, unknown> | undefined;
  const report = (first?.['csp-report'] ?? first?.['body'] ?? {}) as Record<string, unknown>;
  const text = (...names: string[]) => names.map((name) => report[name]).find((value) => typeof value === 'string');
  const blocked = text('blocked-uri', 'blockedURL') ?? '';
  return {
    directive: (text('effective-directive', 'effectiveDirective', 'violated-directive') ?? '').slice(0, 60),
    blocked: URL.canParse(blocked) ? new URL(blocked).origin : blocked.slice(0, 20),
  };
}
