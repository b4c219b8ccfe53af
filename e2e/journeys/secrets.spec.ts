import { expect, test } from '../fixtures.ts';
import { clientCredentialsToken } from '../support/token.ts';

test('a scheduled new secret leaves the old one working; stopping the old one is one confirmation', async ({
  signedInAs,
  aClient,
  product,
  remember,
}) => {
  const administrator = await signedInAs('administrator');
  const client = await aClient(administrator);
  const { page } = administrator;
  const works = async (secret: string) => (await clientCredentialsToken(product.platform, client.id, secret)).status === 200;

  await page.goto(`/clients/${client.id}?tab=secrets&do=generate-secret`);
  const asking = page.getByRole('dialog');
  await asking.getByRole('radio', { name: /^Scheduled/ }).check();
  await asking.getByRole('button', { name: 'Generate new secret' }).click();

  const reveal = page.getByRole('dialog').filter({ hasText: 'Shown once.' });
  await reveal.getByRole('button', { name: 'Show', exact: true }).click();
  const secret = (await reveal.getByText(/^lks_/).first().textContent()) ?? '';
  await remember(secret);
  await reveal.getByRole('checkbox', { name: 'I have stored it' }).check();
  await reveal.getByRole('button', { name: 'Done' }).click();
  await expect(reveal).toBeHidden();
  expect(await works(secret)).toBe(true);
  expect(await works(client.secret)).toBe(true);

  await expect(page.getByText('Previous, still works')).toBeVisible();
  await page.getByRole('button', { name: 'Stop the old one now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop the secret' }).click();
  await expect(page.getByText('Previous, still works')).toBeHidden();
  expect(await works(client.secret)).toBe(false);
  expect(await works(secret)).toBe(true);
});

test('an exposed secret stops at once', async ({ signedInAs, aClient, product, remember }) => {
  const administrator = await signedInAs('administrator');
  const client = await aClient(administrator);
  const { page } = administrator;
  await page.goto(`/clients/${client.id}?do=generate-secret`);
  const asking = page.getByRole('dialog');
  await asking.getByRole('radio', { name: /^Exposed/ }).check();
  await expect(asking.getByText('Callers using the old secret will be refused at once.')).toBeVisible();
  await asking.getByRole('button', { name: 'Generate new secret' }).click();
  const reveal = page.getByRole('dialog').filter({ hasText: 'Shown once.' });
  await reveal.getByRole('button', { name: 'Copy secret', exact: true }).click();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  await remember(secret);
  expect((await clientCredentialsToken(product.platform, client.id, client.secret)).status).toBe(401);
  expect((await clientCredentialsToken(product.platform, client.id, secret)).status).toBe(200);
  await reveal.getByRole('checkbox', { name: 'I have stored it' }).check();
  await reveal.getByRole('button', { name: 'Done' }).click();
});

test('Back and Forward never show a secret that was acknowledged', async ({ signedInAs, aClient, remember }) => {
  const administrator = await signedInAs('administrator');
  const client = await aClient(administrator);
  const { page } = administrator;
  await page.goto(`/clients/${client.id}?do=generate-secret`);
  await page.getByRole('dialog').getByRole('radio', { name: /^Scheduled/ }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Generate new secret' }).click();
  const reveal = page.getByRole('dialog').filter({ hasText: 'Shown once.' });
  await reveal.getByRole('button', { name: 'Show', exact: true }).click();
  const secret = (await reveal.getByText(/^lks_/).first().textContent()) ?? '';
  await remember(secret);
  await reveal.getByRole('checkbox', { name: 'I have stored it' }).check();
  await reveal.getByRole('button', { name: 'Done' }).click();
  await expect(reveal).toBeHidden();
  await page.goto('about:blank');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  const kept = await page.evaluate(async () => {
    const storage = JSON.stringify({ ...localStorage, ...sessionStorage });
    const databases = await indexedDB.databases();
    return storage + JSON.stringify(databases) + document.title + location.href;
  });
  expect(kept).not.toContain(secret);
});
