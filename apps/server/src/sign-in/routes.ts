import { randomBytes } from 'node:crypto';
import { transaction } from '@latchkey/database/transaction';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import passport from 'passport';
import { append } from '../audit/append.ts';
import { cookieOf } from '../cookies.ts';
import { addressOf } from '../http/address.ts';
import { correlationIdOf } from '../http/correlation-id.ts';
import { WrongMethod } from '../http/faults.ts';
import { networkOf } from '../limits.ts';
import type { Parts } from '../parts.ts';
import type { Me } from '../platform/door.ts';
import { renewSession } from '../session/browser-session.ts';
import { beginSession, hipaaIdleSeconds, sessionRefOf } from '../session/registry.ts';
import type { SessionParts } from '../session/session-parts.ts';
import type { Tokens } from '../session/tokens.ts';
import { answerFailure } from './failure-page.ts';
import { callbackPath, tokensFrom, type OpenId } from './openid.ts';
import { PlatformStrategy, transactions, whyNotIdToken, type Transaction } from './platform-strategy.ts';
import { safeReturnTo } from './return-to.ts';
import { signInSeconds, type SignIn, type SignIns } from './sign-ins.ts';
import { SignInRefused, whyFailed } from './why-failed.ts';

/** What sign-in needs besides the parts. */
export interface SignInParts extends SessionParts {
  readonly openid: OpenId;
  readonly signIns: SignIns;
}

type Answer = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** Proof of a fresh sign-in, before there is a session. */
interface Proof {
  readonly tokens: Tokens;
  /** The subject of the ID token; null where there is none. */
  readonly subject: string | null;
}

/** Seconds by which clocks may differ. */
const toleratedSeconds = 60;

/** The cookie that ties a sign-in to the browser that began it. Lax: the way back comes from the Platform's site. */
const browserCookie = (secure: boolean): string => (secure ? '__Host-latchkey-sign-in' : 'latchkey-sign-in');

/** `GET /sign-in` and the way back (product 2.1, security S-01 to S-08, S-24, S-25, S-33). */
export function signInRoutes(parts: Parts, signIn: SignInParts): Router {
  const authenticate = authenticator(parts, signIn);
  const router = Router({ caseSensitive: true, strict: true });

  router.get('/sign-in', async (req, res) => {
    await attempt(parts, req, res, async () => {
      await parts.limits.signInStart.take(networkOf(addressOf(req)));
      const returnTo = safeReturnTo(req.query['returnTo'], parts.config.publicUrl);
      const before = req.session.registryId ?? null;
      const browser = bindBrowser(parts.config.secure, req, res);
      res.set('cache-control', 'no-store');
      await authenticate(req, res, {
        checks: null,
        begun: (checks) => signIn.signIns.keep(browser, { checks, returnTo, before }),
      });
    });
  });

  router.get(callbackPath, async (req, res) => {
    await attempt(parts, req, res, async () => {
      await parts.limits.signInCallback.take(networkOf(addressOf(req)));
      const begun = await signIn.signIns.claim(
        cookieOf(req.headers.cookie, browserCookie(parts.config.secure)) ?? null,
        onlyState(req),
      );
      if (begun === null) throw new SignInRefused({ why: 'state', status: 400, detail: 'state' });
      const proof = await authenticate(req, res, { checks: begun.checks, begun: neverAgain });
      if (proof === null) throw new SignInRefused({ why: 'state', status: 400, detail: 'no_code' });
      await enter(parts, signIn, req, res, begun, proof);
      res.set('cache-control', 'no-store').redirect(303, new URL(begun.returnTo, parts.config.publicUrl.origin).href);
    });
  });

  for (const path of ['/sign-in', callbackPath]) {
    router.all(path, () => {
      throw new WrongMethod(['GET', 'HEAD']);
    });
  }
  return router;
}

/** A callback without code and error must not begin another sign-in. */
const neverAgain = (): Promise<never> =>
  Promise.reject(new SignInRefused({ why: 'state', status: 400, detail: 'no_code' }));

/** The one `state` of a callback; null when it is missing, empty or doubled. */
function onlyState(req: Request): string | null {
  const states = new URL(req.originalUrl, 'http://console.invalid').searchParams.getAll('state');
  return states.length === 1 && states[0] ? states[0] : null;
}

/** Gives the browser a random mark for ten minutes, or keeps the one it has, so that two tabs can sign in at a time. */
function bindBrowser(secure: boolean, req: Request, res: Response): string {
  const known = cookieOf(req.headers.cookie, browserCookie(secure));
  const mark = known && /^[\w-]{43}$/.test(known) ? known : randomBytes(32).toString('base64url');
  res.cookie(browserCookie(secure), mark, {
    httpOnly: true,
    secure,
    sameSite: 'lax',
    path: '/',
    maxAge: signInSeconds * 1_000,
  });
  return mark;
}

/** One half of a sign-in through Passport: answers null when the browser was sent to the Platform, and the proof when it came back. */
function authenticator({ config, clock }: Parts, { openid }: SignInParts) {
  const strategies = new WeakMap<Configuration, RequestHandlerFor>();
  type RequestHandlerFor = (done: (error: unknown, proof?: Proof | false) => void) => RequestHandler;

  const prepare = (configuration: Configuration): RequestHandlerFor => {
    const authentication = new passport.Passport();
    const callbackURL = new URL(callbackPath, config.publicUrl);
    const how = { config: configuration, callbackURL, scope: openid.scope, hasIdTokens: openid.hasIdTokens };
    const strategy = new PlatformStrategy(how, (answer, verified) => {
      try {
        verified(null, proofFrom(answer));
      } catch (error) {
        verified(error);
      }
    });
    authentication.use('platform', strategy as passport.Strategy);
    return (done) => authentication.authenticate('platform', { session: false }, done) as RequestHandler;
  };

  const proofFrom = (answer: Answer): Proof => {
    const claims = answer.claims();
    const wrong = claims
      ? whyNotIdToken(claims, config.client.id, clock(), toleratedSeconds)
      : openid.hasIdTokens
        ? 'id_token.missing'
        : null;
    if (wrong) throw new SignInRefused({ why: 'answer', status: 400, detail: wrong });
    return { tokens: tokensFrom(answer, clock()), subject: claims?.sub ?? null };
  };

  return async (req: Request, res: Response, given: Transaction): Promise<Proof | null> => {
    const configuration = await openid.configuration();
    const authenticateWith = strategies.get(configuration) ?? prepare(configuration);
    strategies.set(configuration, authenticateWith);
    transactions.set(req, given);
    return await new Promise<Proof | null>((resolve, reject) => {
      // A redirect ends the answer and calls nobody; neither does a browser that goes away.
      res.once('close', () => resolve(null));
      const done = (error: unknown, proof?: Proof | false) => {
        if (error) return reject(error);
        if (!proof) return reject(new SignInRefused({ why: 'denied', status: 403, detail: 'access_denied' }));
        resolve(proof);
      };
      authenticateWith(done)(req, res, (error?: unknown) => reject(error ?? new Error('Passport did not answer')));
    });
  };
}

/** The person is known: a session begins, with its record, and what the browser had before ends. */
async function enter(
  parts: Parts,
  { openid, vault, ender, who }: SignInParts,
  req: Request,
  res: Response,
  begun: SignIn,
  proof: Proof,
): Promise<void> {
  const { config, db, clock } = parts;
  const requestId = correlationIdOf(res);
  const me = await whoIs(parts, proof, requestId);
  const address = addressOf(req);
  const idleSeconds = me.organization.hipaa ? Math.min(config.idleSeconds, hipaaIdleSeconds) : config.idleSeconds;
  const browser = (req.headers['user-agent'] ?? '').slice(0, 300);
  const session = await transaction(db, async (tx) => {
    const person = { personId: me.id, personName: me.name, personEmail: me.email };
    const row = await beginSession(tx, { ...person, issuer: openid.issuer, idleSeconds, address, browser }, clock());
    await vault.put(tx, row.id, proof.tokens);
    await append(tx, [
      {
        actor: { kind: 'person', id: me.id, name: me.name, issuer: openid.issuer },
        at: clock().toISOString(),
        action: 'session.signed_in',
        outcome: 'succeeded',
        session: sessionRefOf(row.id),
        address,
        requestId,
      },
    ]);
    return row;
  });
  await renewSession(req, session.id);
  who.learn(session.id, me);
  if (begun.before !== null) await ender.end([begun.before], { why: 'signed-in-again', requestId, address });
}

/** Asks the Platform who this is; the ID token must speak of the same person. */
async function whoIs({ platform }: Parts, { tokens, subject }: Proof, correlationId: string): Promise<Me> {
  const me = await platform.asPerson(() => Promise.resolve(tokens.access), correlationId).me();
  if (subject !== null && subject !== me.id)
    throw new SignInRefused({ why: 'answer', status: 400, detail: 'id_token.subject' });
  return me;
}

/** Every failure becomes a record, as far as one address may fill the audit, and a page. */
async function attempt(
  { db, clock, limits, log }: Parts,
  req: Request,
  res: Response,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const failure = whyFailed(error);
    const about = { why: failure.why, detail: failure.detail, correlationId: correlationIdOf(res) };
    if (failure.status >= 500) log.error({ ...about, err: error }, 'A sign-in failed');
    else log.info(about, 'A sign-in was refused');
    const address = addressOf(req);
    await record(address, failure.detail).catch((unwritten: unknown) =>
      log.error({ err: unwritten }, 'A failed sign-in could not be recorded'),
    );
    if (!res.headersSent) answerFailure(res, failure);
  }

  async function record(address: string, reason: string): Promise<void> {
    if (!(await limits.failedSignInRecords.allows(networkOf(address)))) return;
    await transaction(db, async (tx) => {
      await append(tx, [
        {
          actor: { kind: 'nobody', id: null, name: null, issuer: null },
          at: clock().toISOString(),
          action: reason === 'rate.limited' ? 'rate.limited' : 'session.sign_in_failed',
          outcome: 'refused',
          address,
          reason,
          requestId: correlationIdOf(res),
        },
      ]);
    });
  }
}
