import { durationText } from './duration.ts';
import { html, named } from './html.ts';
import { page } from './page.ts';

/** What the consent page shows (security O-14). */
export interface ConsentView {
  readonly uid: string;
  readonly clientName: string;
  readonly email: string;
  readonly scopes: readonly { readonly id: string; readonly description: string }[];
  /** Life of an access token in seconds. */
  readonly lifetime: number;
}

/** The page that asks whether an application may act for the person. */
export function consentPage({ uid, clientName, email, scopes, lifetime }: ConsentView): string {
  return page({
    title: 'Allow access',
    main: html` <h1>Allow ${named(clientName)} to act for you?</h1>
      <p>You are signed in as ${named(email)}.</p>
      <h2>It asks for</h2>
      <ul>
        ${scopes.map(({ id, description }) => html`<li><code>${id}</code><span>${description}</span></li>`)}
      </ul>
      <p>Each access lasts ${durationText(lifetime)}. What you may not do yourself, it may not do either.</p>
      <div class="buttons">
        <form method="post" action="/sign-in/${uid}/consent"><button type="submit">Allow</button></form>
        <form method="post" action="/sign-in/${uid}/cancel"><button type="submit" class="quiet">Cancel</button></form>
      </div>`,
  });
}
