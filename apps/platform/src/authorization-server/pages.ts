import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { correlationHeader } from '../http/correlation-id.ts';
import { html } from '../sign-in/html.ts';
import { page } from '../sign-in/page.ts';
import { programPaths } from './answers.ts';
import { formPagePolicy } from './form-targets.ts';

/** Puts a policy on the pages of the library's own routes that lets their form reach the client. */
export function guardPages(provider: Provider): void {
  provider.use(async (ctx, next) => {
    if (programPaths.has(ctx.path)) {
      await next();
      return;
    }
    ctx.set('content-security-policy', formPagePolicy());
    await next();
    if (ctx.type !== 'text/html') return;
    const { oidc } = ctx as KoaContextWithOIDC;
    const session = oidc?.session as { state?: { postLogoutRedirectUri?: string } } | undefined;
    const policy = formPagePolicy(
      oidc?.params?.['redirect_uri'],
      oidc?.entities.Interaction?.params['redirect_uri'],
      session?.state?.postLogoutRedirectUri,
    );
    // The library has added the hash of its script meanwhile.
    const formAction = policy.slice(policy.indexOf('form-action'));
    ctx.set(
      'content-security-policy',
      ctx.response.get('content-security-policy').replace(/form-action [^;]*/, formAction),
    );
  });
}

/** What went wrong, for a person; nothing of what was sent is repeated (security R-10, S-33). */
const sentences: Record<string, string> = {
  invalid_client: 'The application that sent you here is not known, or it is switched off.',
  invalid_redirect_uri: 'The application asked to send you back to an address that is not registered for it.',
  server_error: 'Something went wrong on our side.',
  session_not_found: 'This sign-in has ended, or your browser did not send its cookie.',
};

/** An error that cannot go back to the application: a plain page for people, JSON for programs. */
export function renderError(
  ctx: KoaContextWithOIDC,
  out: { error: string; error_description?: string | undefined },
  error: Error,
): void {
  const isProgram = programPaths.has(ctx.path) || ctx.path === '/oauth/userinfo' || ctx.path === '/oauth/jwks';
  if (isProgram) {
    ctx.type = 'json';
    ctx.body = out;
    return;
  }
  const code = error.name === 'SessionNotFound' ? 'session_not_found' : out.error;
  ctx.type = 'html';
  ctx.body = page({
    title: 'This did not work',
    main: html` <h1>This did not work</h1>
      <p>${sentences[code] ?? 'The application sent a request that cannot be answered.'}</p>
      <p>
        Go back to the application and start again. If it happens again, tell its owner the code and the number below.
      </p>
      <dl>
        <dt>Code</dt>
        <dd><code>${code}</code></dd>
        <dt>Number of this request</dt>
        <dd><code>${String(ctx.res.getHeader(correlationHeader) ?? '')}</code></dd>
      </dl>`,
  });
}
