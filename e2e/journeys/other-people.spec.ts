import { expect, heading, test } from '../fixtures.ts';

test('a security reviewer searches, filters and sorts, and the view is in the address', async ({ signedInAs }) => {
  const { page } = await signedInAs('reviewer');
  await page.goto('/clients');
  await heading(page, 'OAuth clients');
  const table = page.getByRole('table').or(page.getByRole('grid'));
  await expect(table.getByRole('link').first()).toBeVisible();

  await page.getByRole('searchbox').fill('sync');
  await expect(page).toHaveURL(/q=sync/);
  await expect(table.getByRole('link', { name: 'CRM Contact Sync' })).toBeVisible();
  await expect(table.getByRole('link', { name: 'Agent Desktop' })).toBeHidden();

  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('sync');
  await expect(table.getByRole('link', { name: 'CRM Contact Sync' })).toBeVisible();
  await page.getByRole('columnheader', { name: /^Name/ }).getByRole('button').first().click();
  await expect(page).toHaveURL(/order=desc/);
});

test('a reviewer is told at a disabled control what is missing and who can give it', async ({ signedInAs }) => {
  const { page } = await signedInAs('reviewer');
  await page.goto('/clients');
  const add = page.getByRole('button', { name: 'Add client' });
  await expect(add).toHaveAttribute('aria-disabled', 'true');
  await add.focus();
  await expect(page.getByRole('tooltip')).toHaveText(/You need oauth:client:add .* the role Admin/);
  await expect(add).toHaveAccessibleDescription(/You need oauth:client:add/);
});

test('a team lead may delete an old client but not edit it, and not restore it either', async ({ signedInAs }) => {
  const { page, api } = await signedInAs('lead');
  const aMonthAgo = new Date(Date.now() - 31 * 86_400_000).toISOString();
  const { items } = await api.clients.list({
    query: { states: ['active'], createdTo: aMonthAgo, grantTypes: ['CODE'], sort: 'name', order: 'desc' },
  });
  const old = items.find(({ refusals }) => refusals.delete === undefined);
  if (!old) throw new Error('The sample organization has no old client');
  await page.goto(`/clients/${old.id}`);
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await page.goto(`/clients/${old.id}?do=delete`);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete client' }).click();
  await expect(page.getByText(/^Removed for good in/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Restore' }).first()).toHaveAttribute('aria-disabled', 'true');

  const administrator = await signedInAs('administrator');
  const { version } = await administrator.api.clients.read({ params: { clientId: old.id } });
  await administrator.api.clients.restore({ params: { clientId: old.id }, body: { version } });
});

test('a member without client permissions is told what is missing, and sees no client', async ({ signedInAs }) => {
  const { page } = await signedInAs('member');
  await page.goto('/clients');
  await expect(page.getByText(/oauth:client:view/).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Agent Desktop' })).toBeHidden();
});

test('a security reviewer verifies the audit in the page', async ({ signedInAs }) => {
  const { page } = await signedInAs('reviewer');
  await page.goto('/clients');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await expect(page.getByRole('heading', { name: 'The audit is sound' })).toBeVisible();
  await expect(page.getByText('Events chained without a gap')).toBeVisible();
});
