import { expect, heading, signIn, test } from '../fixtures.ts';

test('signing in leads back to the page that was asked for, and signing out ends it for good', async ({ browser, product }) => {
  const context = await browser.newContext({ baseURL: product.console });
  const page = await context.newPage();
  await page.goto('/clients/pending-removal');
  await page.getByRole('button', { name: 'Sign in' }).or(page.getByRole('link', { name: 'Sign in' })).click();
  await signIn(page, product.people.reviewer);
  await heading(page, 'Pending removal');

  const kept = await context.cookies();
  await page.getByRole('button', { name: /account$/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('heading', { name: /signed out|Sign in to Latchkey/i })).toBeVisible();

  await context.addCookies(kept);
  const answer = await context.request.get('/api/clients');
  expect(answer.status()).toBe(401);
  await page.goto(`${product.console}/sign-in`);
  await expect(page.getByLabel('Password'), 'the Platform asks for the password again').toBeVisible();
  await context.close();
});

test('a wrong password says so, keeps the address typed, and lets nobody in', async ({ browser, product }) => {
  const context = await browser.newContext({ baseURL: product.console });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await signIn(page, { email: product.people.reviewer.email, password: 'not the password' });
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(product.people.reviewer.email);
  await context.close();
});

test('no token reaches the browser, and the session cookie cannot be read by the page', async ({ signedInAs, product }) => {
  const { page, context } = await signedInAs('administrator');
  const bodies: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/')) void response.text().then((text) => bodies.push(text), () => undefined);
  });
  await page.goto('/clients');
  await heading(page, 'OAuth clients');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const cookie = (await context.cookies(product.console)).find(({ name }) => name === 'latchkey');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
  expect(bodies.join('\n')).not.toMatch(/access_token|refresh_token|id_token|eyJ/);
});

test('what was typed is there again after the session ended and one signed in anew', async ({ browser, product }) => {
  const context = await browser.newContext({ baseURL: product.console });
  const page = await context.newPage();
  await page.goto('/sign-in?returnTo=/clients/new');
  await signIn(page, product.people.administrator);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Typed before the end');
  await page.getByLabel('Purpose').fill('Also this');
  await context.clearCookies({ name: /latchkey/ });
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: /^Client Credentials/ }).check();
  page.on('dialog', (asked) => void asked.accept());
  await page.goto('/sign-in?returnTo=/clients/new');
  if (await page.getByLabel('Password').isVisible()) await signIn(page, product.people.administrator);
  await page.waitForURL('**/clients/new**');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Typed before the end');
  await context.close();
});
