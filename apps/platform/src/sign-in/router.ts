import type { NextFunction, Request, RequestHandler, Response } from 'express';
import express, { Router } from 'express';
import type { Interaction, Provider } from 'oidc-provider';
import type { Pool } from 'pg';
import { formPagePolicy } from '../authorization-server/form-targets.ts';
import { textOf } from '../authorization-server/text-of.ts';
import { correlationIdOf } from '../http/correlation-id.ts';
import type { Limits } from '../limits/limits.ts';
import { authenticator } from './authenticate.ts';
import { consentPage } from './consent-page.ts';
import { html } from './html.ts';
import type { KnownBrowsers } from './known-browser.ts';
import { loginPage } from './login-page.ts';
import { page, stylesheetPath } from './page.ts';
import { recordSignIn } from './record.ts';
import { stylesheet } from './style.ts';

/** What the pages need. */
export interface SignInParts {
  readonly provider: () => Provider;
  readonly pool: Pool;
  readonly limits: Limits;
  readonly browsers: KnownBrowsers;
}

/** The pages on which people sign in and consent; they need no script. */
export function signInPages({ provider, pool, limits, browsers }: SignInParts): Router {
  const router = Router();
  const authenticate = authenticator(pool, limits, browsers);
  const form = express.urlencoded({ extended: false, limit: '8kb', parameterLimit: 10 });

  router.get(stylesheetPath, (_req, res) => {
    res.set('cache-control', 'public, max-age=3600').type('css').send(stylesheet);
  });

  router.get(
    '/sign-in/:uid',
    withInteraction(provider, async (interaction, _req, res) => {
      if (interaction.prompt.name === 'login') {
        const email = (await emailOf(pool, interaction.session?.accountId)) ?? hintedEmail(interaction);
        send(res, 200, interaction, loginPage({ ...(await basics(provider(), interaction)), email }));
      } else {
        send(res, 200, interaction, await consent(provider(), pool, interaction));
      }
    }),
  );

  router.post(
    '/sign-in/:uid/login',
    sameOrigin,
    form,
    withInteraction(provider, async (interaction, req, res) => {
      if (interaction.prompt.name !== 'login') return over(res);
      const { email, password } = fields(req);
      const again = async (status: number, error: string): Promise<void> =>
        send(res, status, interaction, loginPage({ ...(await basics(provider(), interaction)), email, error }));
      const signIn = await authenticate(req, email, password);
      const clientId = textOf(interaction.params['client_id']);
      if (signIn.outcome === 'slow-down') {
        res.set('retry-after', String(signIn.seconds));
        return again(429, `Too many attempts. Try again in ${signIn.seconds} seconds.`);
      }
      if (signIn.userId !== null) {
        await recordSignIn(pool, {
          userId: signIn.userId,
          clientId,
          ip: req.ip,
          succeeded: signIn.outcome === 'welcome',
        });
      }
      if (signIn.outcome === 'refused') return again(400, 'The email or the password is not right.');
      browsers.remember(res, signIn.userId);
      const login = { accountId: signIn.userId, amr: ['pwd'], remember: false };
      return provider().interactionFinished(req, res, { login }, { mergeWithLastSubmission: false });
    }),
  );

  router.post(
    '/sign-in/:uid/consent',
    sameOrigin,
    withInteraction(provider, async (interaction, req, res) => {
      const accountId = interaction.session?.accountId;
      if (interaction.prompt.name !== 'consent' || accountId === undefined) return over(res);
      const { Grant } = provider();
      const known = interaction.grantId === undefined ? undefined : await Grant.find(interaction.grantId);
      const grant = known ?? new Grant({ accountId, clientId: textOf(interaction.params['client_id']) });
      grant.addOIDCScope(textOf(interaction.params['scope']));
      const grantId = await grant.save();
      return provider().interactionFinished(req, res, { consent: { grantId } }, { mergeWithLastSubmission: true });
    }),
  );

  router.post(
    '/sign-in/:uid/cancel',
    sameOrigin,
    withInteraction(provider, async (_interaction, req, res) => {
      const result = { error: 'access_denied', error_description: 'the person cancelled' };
      return provider().interactionFinished(req, res, result, { mergeWithLastSubmission: false });
    }),
  );

  return router;
}

type Step = (interaction: Interaction, req: Request, res: Response) => Promise<void>;

/** Runs a step for the sign-in of this browser's cookie; without one, or with another's, the sign-in is over. */
function withInteraction(provider: () => Provider, step: Step): RequestHandler {
  return async (req: Request, res: Response, _next: NextFunction) => {
    const interaction = await provider()
      .interactionDetails(req, res)
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'SessionNotFound') return null;
        throw error;
      });
    if (interaction === null || interaction.uid !== req.params['uid']) over(res);
    else await step(interaction, req, res);
  };
}

/** A form of another site cannot be posted here, whatever its cookies (security S-18 in spirit). */
const sameOrigin: RequestHandler = (req, res, next) => {
  const site = req.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') next();
  else over(res);
};

function fields(req: Request): { email: string; password: string } {
  const body = (req.body ?? {}) as Record<string, unknown>;
  const text = (value: unknown, most: number): string => (typeof value === 'string' ? value.slice(0, most) : '');
  return { email: text(body['email'], 254), password: text(body['password'], 1_024) };
}

function send(res: Response, status: number, interaction: Interaction, text: string): void {
  res.set('content-security-policy', formPagePolicy(interaction.params['redirect_uri']));
  res.status(status).type('html').send(text);
}

function over(res: Response): void {
  res.set('content-security-policy', formPagePolicy());
  res
    .status(400)
    .type('html')
    .send(
      page({
        title: 'This sign-in has ended',
        main: html` <h1>This sign-in has ended</h1>
          <p>
            It took too long, was finished already, or your browser did not send its cookie. Go back to the application
            and start again.
          </p>
          <dl>
            <dt>Number of this request</dt>
            <dd><code>${correlationIdOf(res)}</code></dd>
          </dl>`,
      }),
    );
}

async function basics(provider: Provider, interaction: Interaction): Promise<{ uid: string; clientName: string }> {
  const client = await provider.Client.find(textOf(interaction.params['client_id']));
  return { uid: interaction.uid, clientName: client?.clientName ?? '' };
}

async function consent(provider: Provider, pool: Pool, interaction: Interaction): Promise<string> {
  const asked = textOf(interaction.params['scope']).split(' ').filter(Boolean);
  const { rows } = await pool.query<{ id: string; description: string }>(
    'SELECT id, description FROM scopes WHERE id = ANY($1)',
    [asked],
  );
  const described = new Map([
    ...openIdWords,
    ...rows.map(({ id, description }): [string, string] => [id, description]),
  ]);
  const client = await provider.Client.find(textOf(interaction.params['client_id']));
  return consentPage({
    ...(await basics(provider, interaction)),
    email: (await emailOf(pool, interaction.session?.accountId)) ?? '',
    scopes: asked.map((id) => ({ id, description: described.get(id) ?? '' })),
    lifetime: Number(client?.['access_token_validity_seconds'] ?? 0),
  });
}

const openIdWords: readonly [string, string][] = [
  ['openid', 'Know that it is you'],
  ['profile', 'See your name'],
  ['email', 'See your email address'],
];

async function emailOf(pool: Pool, userId: string | undefined): Promise<string | undefined> {
  if (userId === undefined) return undefined;
  const { rows } = await pool.query<{ email: string }>('SELECT email FROM users WHERE id = $1', [userId]);
  return rows[0]?.email;
}

/** `login_hint` is an address, an organization, or both as `email:org` (platform-api 1.2). */
function hintedEmail(interaction: Interaction): string {
  const hint = textOf(interaction.params['login_hint']).split(':')[0] ?? '';
  return hint.includes('@') ? hint.slice(0, 254) : '';
}
