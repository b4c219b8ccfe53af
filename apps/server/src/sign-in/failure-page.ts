import type { Response } from 'express';
import { correlationIdOf } from '../http/correlation-id.ts';
import { sentences, type WhyFailed } from './why-failed.ts';

/**
 * Answers a failed sign-in with a plain page that holds nothing from outside, and leads on to the console's own page,
 * which says the same in the person's language.
 */
export function answerFailure(res: Response, { why, status, retryAfterSeconds }: WhyFailed): void {
  if (retryAfterSeconds !== undefined) res.set('retry-after', String(retryAfterSeconds));
  res.status(status).set('cache-control', 'no-store').type('html').send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0;url=/signed-out?why=${why}">
<title>Sign-in failed – Latchkey</title>
</head>
<body>
<main>
<h1>Sign-in failed</h1>
<p>${sentences[why]}</p>
<p><a href="/sign-in">Sign in again</a></p>
<p>Reference: <code>${correlationIdOf(res)}</code></p>
</main>
</body>
</html>
`);
}
