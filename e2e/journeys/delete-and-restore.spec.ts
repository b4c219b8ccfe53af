import { expect, heading, test } from '../fixtures.ts';
import { clientCredentialsToken, platformStatus } from '../support/token.ts';

test('a young client is deleted for good only after its name is typed, and its tokens stop at once', async ({
  signedInAs,
  aClient,
  product,
}) => {
  const administrator = await signedInAs('administrator');
  const client = await aClient(administrator);
  const { body } = await clientCredentialsToken(product.platform, client.id, client.secret);
  const token = body.access_token ?? '';
  expect(await platformStatus(product.platform, token)).toBe(200);

  const { page } = administrator;
  await page.goto(`/clients/${client.id}?do=delete`);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: `Delete “${client.name}”?` })).toBeVisible();
  await expect(dialog.getByText('This client is gone for good at once. Nobody can bring it back.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Keep the client' })).toBeFocused();

  await dialog.getByLabel(/^Type the client’s name/).fill('another name');
  await expect(dialog.getByRole('button', { name: 'Delete client' })).toBeDisabled();
  await dialog.getByLabel(/^Type the client’s name/).fill(client.name);
  await dialog.getByRole('button', { name: 'Delete client' }).click();
  await expect(page.getByText(`${client.name} is deleted for good.`)).toBeVisible();

  expect(await platformStatus(product.platform, token)).toBe(401);
  expect((await clientCredentialsToken(product.platform, client.id, client.secret)).status).toBe(401);
  await page.goto(`/clients/${client.id}`);
  await heading(page, /There is no such client|is gone/);
});

test('a young client is switched off instead of deleted, and switched on again with its secret', async ({
  signedInAs,
  aClient,
  product,
}) => {
  const administrator = await signedInAs('administrator');
  const client = await aClient(administrator);
  const { page } = administrator;
  await page.goto(`/clients/${client.id}?do=delete`);
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate for now' }).click();
  await expect(page.getByText('This client is deactivated')).toBeVisible();
  expect((await clientCredentialsToken(product.platform, client.id, client.secret)).status).toBe(401);

  await page.getByRole('button', { name: 'Reactivate' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reactivate client' }).click();
  await expect(page.getByText(`${client.name} is active again.`)).toBeVisible();
  expect((await clientCredentialsToken(product.platform, client.id, client.secret)).status).toBe(200);
});

test('an old client waits seven days for removal and comes back whole', async ({ signedInAs }) => {
  const { page, api } = await signedInAs('administrator');
  const aMonthAgo = new Date(Date.now() - 31 * 86_400_000).toISOString();
  const { items } = await api.clients.list({
    query: { states: ['active'], createdTo: aMonthAgo, grantTypes: ['CODE'] },
  });
  const old = items.find(({ refusals }) => refusals.delete === undefined && refusals.edit === undefined);
  if (!old) throw new Error('The sample organization has no old client that can be deleted');

  await page.goto(`/clients/${old.id}?do=delete`);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^You can bring this client back for seven days, until/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete client' }).click();
  await expect(page.getByText(/^Removed for good in/)).toBeVisible();

  await page.goto('/clients/pending-removal');
  await heading(page, 'Pending removal');
  const row = page.getByRole('listitem').or(page.getByRole('row')).filter({ hasText: old.name });
  await row.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore client' }).click();
  await expect(page.getByText(`${old.name} is restored and active.`)).toBeVisible();

  const back = await api.clients.read({ params: { clientId: old.id } });
  expect(back).toMatchObject({
    state: 'active',
    dateToDelete: null,
    dateCreated: old.dateCreated,
    scopes: old.scopes,
    redirectUris: old.redirectUris,
  });
});
