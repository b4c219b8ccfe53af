import { expect, heading, test } from '../fixtures.ts';
import { Reveal } from '../support/reveal.ts';
import { clientCredentialsToken, platformStatus } from '../support/token.ts';
import { fillWizard } from '../support/wizard.ts';

test('an administrator creates a client, stores its secret, and the client gets a token that works', async ({
  signedInAs,
  product,
  remember,
}) => {
  const { page } = await signedInAs('administrator');
  await page.goto('/clients');
  await page.getByRole('button', { name: 'Add client' }).click();
  await fillWizard(page, { name: 'Nightly export', purpose: 'Copies conversations to the warehouse each night' });
  await expect(page.getByText('Routing Sync in Home')).toBeVisible();
  await page.getByRole('button', { name: 'Create client' }).click();

  const reveal = new Reveal(page);
  const title = reveal.dialog.getByRole('heading', { name: 'Shown once. After this, nobody can show it again.' });
  await expect(title).toBeFocused();
  await expect(reveal.stored).toBeDisabled();
  await expect(reveal.done).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(title).toBeVisible();

  const secret = await reveal.copy();
  await remember(secret);
  expect(secret).toMatch(/^lks_/);
  expect(await page.content(), 'the secret is not in the page while it is covered').not.toContain(secret);
  await reveal.acknowledge('Vault, secret/oauth/nightly-export');
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
  await fillWizard(page, { name: 'Only once, please' });
  await page.getByRole('button', { name: 'Create client' }).dblclick();
  const reveal = new Reveal(page);
  await expect(reveal.done).toBeVisible();

  page.once('dialog', (asked) => void asked.accept());
  await page.reload();
  await remember(await reveal.show());
  await reveal.acknowledge();

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
