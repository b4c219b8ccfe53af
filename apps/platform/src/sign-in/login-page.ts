import { html, named } from './html.ts';
import { page } from './page.ts';

/** What the sign-in page shows. */
export interface LoginView {
  readonly uid: string;
  readonly clientName: string;
  readonly email: string;
  readonly error?: string;
}

/** The sign-in page. */
export function loginPage({ uid, clientName, email, error }: LoginView): string {
  return page({
    title: error === undefined ? 'Sign in' : 'Sign in failed',
    main: html` <h1>Sign in</h1>
      <p>to continue to ${named(clientName)}</p>
      ${error !== undefined && html`<p class="error" role="alert" id="error">${error}</p>`}
      <form class="whole" method="post" action="/sign-in/${uid}/login">
        <label for="email">Email</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          maxlength="254"
          autocapitalize="none"
          spellcheck="false"
          value="${email}"
          ${error !== undefined && html`aria-describedby="error"`}
          ${email === '' && html`autofocus`}
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxlength="1024"
          ${error !== undefined && html`aria-describedby="error"`}
          ${email !== '' && html`autofocus`}
        />
        <button type="submit">Sign in</button>
      </form>
      <form class="aside" method="post" action="/sign-in/${uid}/cancel">
        <button type="submit" class="quiet">Cancel</button>
      </form>`,
  });
}
