import { expect, test } from '../fixtures.ts';
import { generateSecret } from '../support/reveal.ts';
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
  const works = async (secret: string) =>
    (await clientCredentialsToken(product.platform, client.id, secret)).status === 200;

  const reveal = await generateSecret(page, client.id, /^Scheduled/);
  const secret = await reveal.show();
  await remember(secret);
  await reveal.acknowledge();
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
  const reveal = await generateSecret(administrator.page, client.id, /^Exposed/);
  const secret = await reveal.copy();
  await remember(secret);
  expect((await clientCredentialsToken(product.platform, client.id, client.secret)).status).toBe(401);
  expect((await clientCredentialsToken(product.platform, client.id, secret)).status).toBe(200);
  await reveal.acknowledge();
});

test('Back and Forward never show a secret that was acknowledged', async ({ signedInAs, aClient, remember }) => {
  const administrator = await signedInAs('administrator');
  const client = await aClient(administrator);
  const { page } = administrator;
  const reveal = await generateSecret(page, client.id, /^Scheduled/);
  const secret = await reveal.show();
  await remember(secret);
  await reveal.acknowledge();
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

test('leaving without acknowledging covers the secret, and the same session can open it again', async ({
  signedInAs,
  aClient,
  remember,
}) => {
  const administrator = await signedInAs('administrator');
  const client = await aClient(administrator);
  const { page } = administrator;
  const reveal = await generateSecret(page, client.id, /^Scheduled/);
  const secret = await reveal.show();
  await remember(secret);
  page.once('dialog', (asked) => void asked.accept());
  await page.goto('about:blank');
  await page.goBack();
  await expect(reveal.done).toBeVisible();
  expect(await page.content(), 'covered again').not.toContain(secret);
  expect(await reveal.show()).toBe(secret);
  await reveal.acknowledge();
});
