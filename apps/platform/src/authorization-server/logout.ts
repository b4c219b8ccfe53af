import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { html, trusted } from '../sign-in/html.ts';
import { page } from '../sign-in/page.ts';
import { endSessionOfConsole, endTokensOfSession } from './end-tokens.ts';
import type { Store } from '../context/platform.ts';

/** The session as the library keeps it; its types leave these members out. */
interface Session {
  uid: string;
  accountId?: string;
  destroyed?: boolean;
  state?: { postLogoutRedirectUri?: string; state?: string };
  destroy(): Promise<void>;
}

const sessionOf = (ctx: KoaContextWithOIDC): Session => ctx.oidc.session as unknown as Session;

/**
 * Signs the person out at once when the request proves itself by an ID token of theirs, and asks them otherwise, so
 * that a forged link does nothing (security O-16).
 */
export async function logoutPage(ctx: KoaContextWithOIDC, form: string): Promise<void> {
  const session = sessionOf(ctx);
  const hint = (ctx.oidc.entities as { IdTokenHint?: { payload: { sub?: string } } }).IdTokenHint;
  if (hint !== undefined && hint.payload.sub === session.accountId) {
    await signOutNow(ctx, session);
    return;
  }
  ctx.body = page({
    title: 'Sign out',
    main: html` <h1>Sign out?</h1>
      <p>You will be signed out of every application that you opened with this sign-in.</p>
      ${trusted(form)}
      <div class="buttons">
        <button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
        <button type="submit" form="op.logoutForm" class="quiet">Stay signed in</button>
      </div>`,
  });
}

async function signOutNow(ctx: KoaContextWithOIDC, session: Session): Promise<void> {
  const { provider } = ctx.oidc;
  const { postLogoutRedirectUri, state } = session.state ?? {};
  await session.destroy();
  ctx.cookies.set(provider.cookieName('session'), null, { path: '/', httpOnly: true, sameSite: 'lax' });
  const target = new URL(postLogoutRedirectUri ?? ctx.oidc.urlFor('end_session_success'));
  if (postLogoutRedirectUri !== undefined && state !== undefined) target.searchParams.set('state', state);
  ctx.type = 'text';
  ctx.status = 303;
  ctx.redirect(target.href);
}

/** What a person sees after signing out when no application takes over. */
export function signedOutPage(ctx: KoaContextWithOIDC): void {
  ctx.body = page({
    title: 'Signed out',
    main: html`<h1>You are signed out</h1>
      <p>You can close this page.</p>`,
  });
}

/**
 * Ends every token that was given out in a session once its person signs out (platform-api 1.4). The console signs out
 * by revoking its refresh token, server to server: no ID token has to travel through the browser as a hint
 * (security S-12, S-17), and the page that the browser visits next finds nobody signed in and asks nothing.
 */
export function endTokensAtLogout(provider: Provider, db: Store): void {
  provider.use(async (ctx, next) => {
    await next();
    const { oidc } = ctx as KoaContextWithOIDC;
    if (ctx.path === '/oauth/revoke' && ctx.status === 200) {
      const token = oidc.entities.RefreshToken;
      if (token?.sessionUid !== undefined) await endSessionOfConsole(db, token.sessionUid, token.clientId ?? '');
      return;
    }
    if (!ctx.path.startsWith('/logout')) return;
    const session = oidc?.session === undefined ? undefined : sessionOf(ctx as KoaContextWithOIDC);
    if (session?.destroyed === true) await endTokensOfSession(db, session.uid);
  });
}
