import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { appendFileSync, existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { consoleApi, type ConsoleApi } from '@latchkey/contract/console-api/table';
import type { ClientForm } from '@latchkey/contract/console-api/models';
import { connect, type Connection } from '@latchkey/wire/connect';
import { compactDecrypt, exportJWK, generateKeyPair } from 'jose';
import type { Product, RoleName, SignIn } from './support/product.ts';

export { expect } from '@playwright/test';

/** A signed-in person: their page, and the console's API with their session. */
export interface SignedIn {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly api: Connection<ConsoleApi>;
}

/** A client made for one test, with the secret that was revealed. */
export interface MadeClient {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

interface Fixtures {
  /** The running product. */
  product: Product;
  /** Signs a person of the sample organization in, through the real pages, in a browser context of their own. */
  signedInAs: (role: RoleName) => Promise<SignedIn>;
  /** Makes a client through the console's API; a Client Credentials one unless told otherwise. */
  aClient: (as: SignedIn, form?: Partial<ClientForm>) => Promise<MadeClient>;
  /** Remembers a secret, so that the sweep at the end of the run looks for it. */
  remember: (secret: string) => Promise<void>;
}

const folder = (): string => {
  const given = process.env['LATCHKEY_E2E'];
  if (!given) throw new Error('The product is not running: global setup did not tell its folder');
  return given;
};

const states = (): string => join(folder(), 'states');

/** Fills the Platform's sign-in page; ends on the console. */
export async function signIn(page: Page, { email, password }: SignIn): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function stateOf(browser: Browser, product: Product, role: RoleName): Promise<string> {
  const file = join(states(), `${role}.json`);
  if (existsSync(file)) return file;
  await mkdir(states(), { recursive: true, mode: 0o700 });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${product.console}/sign-in?returnTo=/clients`);
  await signIn(page, product.people[role]);
  await page.waitForURL(`${product.console}/clients**`);
  await context.storageState({ path: file });
  await context.close();
  return file;
}

/** The console's API with the cookies of a browser context. */
function apiOf(context: BrowserContext, address: string): Connection<ConsoleApi> {
  return connect(consoleApi, `${address}/api`, async (url, { method = 'GET', headers, body }) => {
    const response = await context.request.fetch(url, {
      method,
      headers: { ...(headers as Record<string, string>), origin: address, 'latchkey-request': '1' },
      ...(typeof body === 'string' && { data: body }),
    });
    const status = response.status();
    return new Response(status === 204 ? null : await response.text(), { status, headers: response.headers() });
  });
}

/** Writes down all that passes between browser and servers, for the sweep at the end of the run (security 4). */
function recordTraffic(context: BrowserContext): void {
  const file = join(folder(), 'traffic.log');
  context.on('request', (request) => {
    appendFileSync(
      file,
      `${request.method()} ${request.url()}\n${JSON.stringify(request.headers())}\n${request.postData() ?? ''}\n`,
    );
  });
  context.on('response', async (response) => {
    const body = await response.body().catch(() => Buffer.alloc(0));
    appendFileSync(
      file,
      Buffer.concat([
        Buffer.from(`${response.url()}\n${JSON.stringify(response.headers())}\n`),
        body,
        Buffer.from('\n'),
      ]),
    );
  });
}

export const test = base.extend<Fixtures>({
  product: async ({}, use) => {
    await use(JSON.parse(await readFile(join(folder(), 'product.json'), 'utf8')) as Product);
  },

  signedInAs: async ({ browser, product }, use) => {
    const open: BrowserContext[] = [];
    await use(async (role) => {
      const context = await browser.newContext({
        storageState: await stateOf(browser, product, role),
        baseURL: product.console,
        permissions: ['clipboard-read', 'clipboard-write'],
        locale: 'en-US',
        timezoneId: 'Europe/Berlin',
        viewport: { width: 1280, height: 800 },
      });
      open.push(context);
      recordTraffic(context);
      return { context, page: await context.newPage(), api: apiOf(context, product.console) };
    });
    await Promise.all(open.map((context) => context.close()));
  },

  remember: async ({}, use) => {
    await use((secret) => appendFile(join(folder(), 'secrets.txt'), `${secret}\n`, { mode: 0o600 }));
  },

  aClient: async ({ remember }, use) => {
    await use(async ({ api }, form = {}) => {
      const roles = await api.choices.roles();
      const given =
        roles.find(({ heldIn, broad }) => heldIn.length > 0 && !broad) ?? roles.find(({ heldIn }) => heldIn.length > 0);
      const home = (await api.choices.divisions()).find((division) => division.home);
      if (!given || !home) throw new Error('This person holds no role to give');
      const { privateKey, publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256' });
      const { kty, crv, x, y } = await exportJWK(publicKey);
      const { client, reveal } = await api.clients.create(
        {
          body: {
            client: {
              name: `Journey ${randomUUID().slice(0, 8)}`,
              description: '',
              grantTypes: ['CLIENT-CREDENTIALS'],
              roleDivisions: [{ roleId: given.id, divisionId: home.id }],
              scopes: [],
              redirectUris: [],
              accessTokenValiditySeconds: 3600,
              owner: null,
              purpose: 'Made by a test',
              environment: 'test',
              ...form,
            },
            revealKey: { kty, crv, x, y } as { kty: 'EC'; crv: 'P-256'; x: string; y: string },
          },
        },
        { headers: { 'idempotency-key': randomUUID() } },
      );
      const secret = new TextDecoder().decode((await compactDecrypt(reveal.sealed, privateKey)).plaintext);
      await remember(secret);
      await api.reveals.acknowledge({ params: { revealId: reveal.id }, body: { storedWhere: 'the test' } });
      return { id: client.id, name: client.name, secret };
    });
  },
});

/** Waits until the page shows its heading; the first thing every screen has. */
export const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
