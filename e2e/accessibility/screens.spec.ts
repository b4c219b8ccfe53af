import type { Page } from '@playwright/test';
import { expect, test, type MadeClient } from '../fixtures.ts';
import { generateSecret } from '../support/reveal.ts';
import { scrollsSideways, violations } from './axe.ts';

/** Each screen and dialog: how to get there, and what shows that it is there. */
const screens: {
  name: string;
  path: (client: MadeClient) => string;
  ready: (page: Page) => ReturnType<Page['getByRole']>;
}[] = [
  { name: 'the inventory', path: () => '/clients', ready: (page) => page.getByRole('link', { name: 'Agent Desktop' }) },
  {
    name: 'the inventory without a match',
    path: () => '/clients?q=nothing-is-called-so',
    ready: (page) => page.getByRole('heading', { level: 2 }).first(),
  },
  {
    name: 'pending removal',
    path: () => '/clients/pending-removal',
    ready: (page) => page.getByRole('button', { name: 'Restore' }).first(),
  },
  {
    name: 'the wizard',
    path: () => '/clients/new',
    ready: (page) => page.getByRole('textbox', { name: 'Name', exact: true }),
  },
  {
    name: 'a client, overview',
    path: ({ id }) => `/clients/${id}`,
    ready: (page) => page.getByRole('tab', { name: 'Overview' }),
  },
  {
    name: 'a client, configuration',
    path: ({ id }) => `/clients/${id}?tab=configuration`,
    ready: (page) => page.getByText('Grant types').first(),
  },
  {
    name: 'a client, roles',
    path: ({ id }) => `/clients/${id}?tab=roles`,
    ready: (page) => page.getByRole('tabpanel', { name: 'Roles' }),
  },
  {
    name: 'a client, secrets',
    path: ({ id }) => `/clients/${id}?tab=secrets`,
    ready: (page) => page.getByText('Secrets that work'),
  },
  {
    name: 'a client, history',
    path: ({ id }) => `/clients/${id}?tab=history`,
    ready: (page) => page.getByText('Created the client'),
  },
  {
    name: 'a client that is gone',
    path: () => '/clients/00000000-0000-4000-8000-000000000000',
    ready: (page) => page.getByRole('heading', { level: 1 }),
  },
  {
    name: 'editing',
    path: ({ id }) => `/clients/${id}?do=edit`,
    ready: (page) => page.getByRole('button', { name: 'Review the change' }),
  },
  {
    name: 'the delete dialog',
    path: ({ id }) => `/clients/${id}?do=delete`,
    ready: (page) => page.getByRole('button', { name: 'Keep the client' }),
  },
  {
    name: 'the deactivate dialog',
    path: ({ id }) => `/clients/${id}?do=deactivate`,
    ready: (page) => page.getByRole('button', { name: 'Deactivate client' }),
  },
  {
    name: 'the dialog for a new secret',
    path: ({ id }) => `/clients/${id}?do=generate-secret`,
    ready: (page) => page.getByRole('dialog').getByRole('radio').first(),
  },
  {
    name: 'the audit',
    path: () => '/audit',
    ready: (page) => page.getByRole('button', { name: 'Verify the chain' }),
  },
  {
    name: 'my sessions',
    path: () => '/sessions',
    ready: (page) => page.getByRole('heading', { level: 1, name: /sessions/i }),
  },
  { name: 'the API document', path: () => '/api-document', ready: (page) => page.getByText('/api/clients').first() },
  {
    name: 'a page that is not there',
    path: () => '/nowhere',
    ready: (page) => page.getByRole('heading', { level: 1 }),
  },
];

for (const scheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test(`every screen passes axe and needs no sideways scrolling: ${scheme}, ${width} px`, async ({
      signedInAs,
      aClient,
    }) => {
      test.setTimeout(240_000);
      const administrator = await signedInAs('administrator');
      const client = await aClient(administrator);
      const { page } = administrator;
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 800 });
      for (const { name, path, ready } of screens) {
        await page.goto(path(client));
        await expect.soft(ready(page), name).toBeVisible();
        expect.soft(await violations(page), name).toEqual([]);
        expect.soft(await scrollsSideways(page), `${name} scrolls sideways`).toBe(false);
      }
    });
  }
}

test('the reveal passes axe, covered, shown, and when it refuses to close', async ({
  signedInAs,
  aClient,
  remember,
}) => {
  const administrator = await signedInAs('administrator');
  const client = await aClient(administrator);
  const { page } = administrator;
  const reveal = await generateSecret(page, client.id, /^Scheduled/);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect.soft(await violations(page), `covered, ${scheme}`).toEqual([]);
  }
  await page.keyboard.press('Escape');
  expect.soft(await violations(page), 'after Escape').toEqual([]);
  await remember(await reveal.show());
  await page.setViewportSize({ width: 360, height: 740 });
  expect.soft(await violations(page), 'shown, 360 px').toEqual([]);
  expect.soft(await scrollsSideways(page)).toBe(false);
  await reveal.acknowledge();
});

test('the pages before and after a session pass axe', async ({ browser, product }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      baseURL: product.console,
      colorScheme,
      viewport: { width: 360, height: 740 },
    });
    const page = await context.newPage();
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect.soft(await violations(page), `landing, ${colorScheme}`).toEqual([]);
    await page.goto('/sign-in');
    await expect(page.getByLabel('Password')).toBeVisible();
    expect.soft(await violations(page), `sign-in, ${colorScheme}`).toEqual([]);
    await page.goto('/signed-out?why=idle');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect.soft(await violations(page), `signed out, ${colorScheme}`).toEqual([]);
    await context.close();
  }
});
