import { createHash, randomBytes } from 'node:crypto';
import { Browser } from './browser.ts';
import { password } from './platform.ts';

/** A code verifier and its S256 challenge. */
export function pkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The client of a flow, as `aClient` gives it. */
export interface FlowClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
}

/** The address of an authorization request; `params` change or (by null) leave out. */
export function authorizeUrl(
  url: string,
  client: FlowClient,
  challenge: string,
  params: Record<string, string | null> = {},
): string {
  const all = {
    client_id: client.id,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 's-1',
    ...params,
  };
  const kept = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null);
  return `${url}/oauth/authorize?${new URLSearchParams(kept).toString()}`;
}

/** Goes through sign-in and consent, as far as they come; the last answer. */
export async function walkThrough(
  browser: Browser,
  url: string,
  start: string,
  email = 'ada@example.com',
): Promise<Response> {
  let answer = await browser.open(start);
  for (let pages = 0; pages < 3 && answer.status === 200; pages += 1) {
    const page = await answer.text();
    answer = page.includes('name="password"')
      ? await browser.submit(page, url, '/login', { email, password })
      : await browser.submit(page, url, '/consent');
  }
  return answer;
}

/** Signs a person in and gives the code that came back, with its verifier. */
export async function aCode(
  url: string,
  client: FlowClient,
  {
    email,
    params,
    browser = new Browser(),
  }: { email?: string; params?: Record<string, string | null>; browser?: Browser } = {},
) {
  const { verifier, challenge } = pkce();
  const answer = await walkThrough(browser, url, authorizeUrl(url, client, challenge, params), email);
  const location = new URL(answer.headers.get('location') ?? `error:${answer.status} ${await answer.text()}`);
  const code = location.searchParams.get('code');
  if (code === null) throw new Error(`no code in ${location.href}`);
  return { code, verifier, location, browser };
}

/** The answer of the token endpoint. */
export interface TokenAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { access_token: string; refresh_token: string; error: string };
}

const basic = ({ id, secret }: { id: string; secret: string }): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

/** Posts a form to an endpoint, with Basic authentication if a client is given. */
export async function post(
  url: string,
  path: string,
  fields: Record<string, string> | [string, string][],
  client?: { id: string; secret: string } | null,
): Promise<TokenAnswer> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    ...(client ? { headers: { authorization: basic(client) } } : {}),
  });
  const text = await answer.text();
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return { status: answer.status, headers: answer.headers, body: body as TokenAnswer['body'] };
}

/** Redeems a code: with the secret, or without when `secret` is false. */
export const redeem = (
  url: string,
  client: FlowClient,
  { code, verifier }: { code: string; verifier: string },
  secret = true,
) =>
  post(
    url,
    '/oauth/token',
    {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: client.redirectUri,
      ...(secret ? {} : { client_id: client.id }),
    },
    secret ? client : null,
  );

/** A client-credentials token. */
export const machineToken = (
  url: string,
  client: { id: string; secret: string },
  fields: Record<string, string> = {},
) => post(url, '/oauth/token', { grant_type: 'client_credentials', ...fields }, client);

/** Who the Platform takes the holder of a token for. */
export async function who(url: string, token: string): Promise<Record<string, unknown> & { status: number }> {
  const answer = await fetch(`${url}/api/v2/who`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, ...((await answer.json()) as object) };
}
