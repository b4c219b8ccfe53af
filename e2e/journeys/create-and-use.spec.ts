import { expect, heading, test } from '../fixtures.ts';
import { clientCredentialsToken, platformStatus } from '../support/token.ts';

test('an administrator creates a client, stores its secret, and the client gets a token that works', async ({
  signedInAs,
  product,
  remember,
}) => {
  const { page } = await signedInAs('administrator');
  await page.goto('/clients');
  await page.getByRole('button', { name: 'Add client' }).click();

  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Nightly export');
  await page.getByLabel('Purpose').fill('Copies conversations to the warehouse each night');
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByRole('checkbox', { name: /^Client Credentials/ }).check();
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByRole('checkbox', { name: /^Routing Sync/ }).check();
  await page.getByRole('button', { name: 'Next' }).click();

  await expect(page.getByText('Routing Sync in Home')).toBeVisible();
  await page.getByRole('button', { name: 'Create client' }).click();

  const dialog = page.getByRole('dialog');
  const title = dialog.getByRole('heading', { name: 'Shown once. After this, nobody can show it again.' });
  await expect(title).toBeFocused();
  const stored = dialog.getByRole('checkbox', { name: 'I have stored it' });
  await expect(stored).toBeDisabled();
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(title).toBeVisible();

  await dialog.getByRole('button', { name: 'Copy secret', exact: true }).click();
  await expect(stored).toBeEnabled();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  await remember(secret);
  expect(secret).toMatch(/^lks_/);
  expect(await page.content(), 'the secret is not in the page while it is covered').not.toContain(secret);

  await dialog.getByLabel('Where is it stored?').fill('Vault, secret/oauth/nightly-export');
  await stored.check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await heading(page, 'Nightly export is created');
  expect(await page.content()).not.toContain(secret);

  await page.getByRole('link', { name: 'Open the client' }).click();
  await heading(page, 'Nightly export');
  const clientId = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  const token = await clientCredentialsToken(product.platform, clientId, secret);
  expect(token.status).toBe(200);
  expect(token.body).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
  expect(await platformStatus(product.platform, token.body.access_token ?? '')).toBe(200);
  expect((await clientCredentialsToken(product.platform, clientId, `${secret}\0`)).status).toBe(401);

  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByText('Details').first().click();
  await expect(page.getByText('Vault, secret/oauth/nightly-export')).toBeVisible();
});

test('a double click and a reload in the middle of saving create one client', async ({ signedInAs, remember }) => {
  const { page, api } = await signedInAs('administrator');
  await page.goto('/clients/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Only once, please');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: /^Client Credentials/ }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: /^Routing Sync/ }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Create client' }).dblclick();
  await expect(page.getByRole('dialog').getByRole('heading', { name: /^Shown once/ })).toBeVisible();

  page.once('dialog', (asked) => void asked.accept());
  await page.reload();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: /^Shown once/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Show', exact: true }).click();
  await remember((await dialog.getByText(/^lks_/).textContent()) ?? '');
  await dialog.getByRole('checkbox', { name: 'I have stored it' }).check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();

  const { total } = await api.clients.list({ query: { q: 'Only once, please' } });
  expect(total).toBe(1);
});

test('what was typed survives a reload, step by step', async ({ signedInAs }) => {
  const { page } = await signedInAs('administrator');
  await page.goto('/clients/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('A draft to keep');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: /^Authorization Code/ }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  page.on('dialog', (asked) => void asked.accept());
  await page.reload();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('checkbox', { name: /^Authorization Code/ })).toBeChecked();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('A draft to keep');
});
