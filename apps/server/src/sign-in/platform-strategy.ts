import type { Request } from 'express';
import { randomNonce, randomState, type Configuration, type IDToken } from 'openid-client';
import { Strategy, type AuthenticateOptions, type VerifyFunction } from 'openid-client/passport';
import type passport from 'passport';
import type { SignIn } from './sign-ins.ts';

/** Where the library looks for what it left behind, in what it takes for the session. */
const carried = 'signIn';

/** The halves of a sign-in, joined by our own store instead of the session. */
export interface Transaction {
  /** At the callback: what `begun` was given. */
  readonly checks: SignIn['checks'] | null;
  /** At the beginning: keeps what the callback will need; the browser is sent away after that. */
  readonly begun: (checks: SignIn['checks']) => Promise<void>;
}

/** The transaction that a request carries to the strategy. */
export const transactions = new WeakMap<object, Transaction>();

/**
 * openid-client's strategy with what a console needs besides. The stock one sends `state` only to servers without PKCE
 * and no `nonce` with the code flow, and keeps one transaction per session, so that two tabs break each other.
 */
export class PlatformStrategy extends Strategy {
  // Passport makes objects that inherit from the strategy, and `#private` members do not inherit.
  private readonly hasIdTokens: boolean;

  constructor(
    how: { config: Configuration; callbackURL: URL; scope: string; hasIdTokens: boolean },
    verify: VerifyFunction,
  ) {
    const { config, callbackURL, scope } = how;
    super({ name: 'platform', sessionKey: carried, config, callbackURL, ...(scope && { scope }) }, verify);
    this.hasIdTokens = how.hasIdTokens;
  }

  /** `state` always; `nonce` wherever there are ID tokens. The library keeps and checks both (security S-01, S-04). */
  override authorizationRequestParams(req: Request, options: AuthenticateOptions): URLSearchParams {
    const params = new URLSearchParams(super.authorizationRequestParams(req, options));
    params.set('state', randomState());
    if (this.hasIdTokens) params.set('nonce', randomNonce());
    return params;
  }

  /** The address is ours by configuration, never what a Host header says; only the query is the request's. */
  override currentUrl(req: Request): URL {
    const url = new URL(req.originalUrl, 'http://console.invalid');
    return new URL(url.search, 'http://console.invalid/');
  }

  override authenticate(
    this: passport.StrategyCreated<Strategy, Strategy & passport.StrategyCreatedStatic>,
    req: Request,
    options: AuthenticateOptions,
  ): void {
    const transaction = transactions.get(req);
    if (!transaction) return this.error(new Error('A sign-in without its transaction'));
    const session: Record<string, SignIn['checks'] | undefined> = {};
    if (transaction.checks) session[carried] = transaction.checks;
    const redirect = this.redirect.bind(this);
    this.redirect = (url, status) => {
      const checks = session[carried];
      if (!checks) return this.error(new Error('The library began a sign-in without checks'));
      transaction.begun(checks).then(
        () => redirect(url, status),
        (error: unknown) => this.error(error),
      );
    };
    Strategy.prototype.authenticate.call(this, Object.create(req, { session: { value: session } }) as Request, options);
  }
}

/**
 * What the library leaves unchecked in an ID token: strangers in the audience, and a birth in the future
 * (security S-05). Answers what is wrong, or null.
 */
export function whyNotIdToken(claims: IDToken, clientId: string, now: Date, toleratedSeconds: number): string | null {
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (audience.some((one) => one !== clientId)) return 'id_token.audience';
  if (claims.azp !== undefined && claims.azp !== clientId) return 'id_token.authorized_party';
  if (claims.iat > now.getTime() / 1_000 + toleratedSeconds) return 'id_token.issued_in_the_future';
  return null;
}
