import { Browser } from './browser.ts';

/**
 * Signs a person in by the Platform's real pages: its form, and consent if it asks.
 *
 * @throws when the browser does not end up in the console
 */
export async function signInAs(
  consoleUrl: string,
  email: string,
  password: string,
  browser = new Browser(),
): Promise<Browser> {
  const home = (url: URL) => url.origin === consoleUrl && url.pathname === '/';
  let page = await browser.visit(`${consoleUrl}/sign-in`, { until: home });
  for (let forms = 0; forms < 3 && !home(page.url); forms += 1) {
    const action = /<form[^>]*action="([^"]+\/(?:login|consent))"/.exec(page.text)?.[1];
    if (action === undefined) break;
    page = await browser.submit(page.url, action, action.endsWith('/login') ? { email, password } : {}, home);
  }
  if (!home(page.url))
    throw new Error(
      `Signing in as ${email} ended at ${page.url.origin}${page.url.pathname} with ${page.response.status}`,
    );
  return browser;
}
