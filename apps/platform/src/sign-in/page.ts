import { html } from './html.ts';
import type { Markup } from './html.ts';

/** Where the pages' stylesheet lies. */
export const stylesheetPath = '/sign-in/style.css';

/** A whole page: one column, no script. */
export function page({ title, main }: { title: string; main: Markup }): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title} · Latchkey</title>
        <link rel="stylesheet" href="${stylesheetPath}" />
      </head>
      <body>
        <header><span class="mark" aria-hidden="true"></span>Latchkey</header>
        <main>${main}</main>
      </body>
    </html> `.text;
}
