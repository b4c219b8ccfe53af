import { expect, heading, signIn, test } from '../fixtures.ts';

test('signing in leads back to the page that was asked for, and signing out ends it for good', async ({
  browser,
  product,
}) => {
  const context = await browser.newContext({ baseURL: product.console });
  const page = await context.newPage();
  await page.goto('/clients/pending-removal');
  await page
    .getByRole('button', { name: 'Sign in' })
    .or(page.getByRole('link', { name: 'Sign in' }))
    .click();
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

test('no token reaches the browser, and the session cookie cannot be read by the page', async ({
  signedInAs,
  product,
}) => {
  const { page, context } = await signedInAs('administrator');
  const bodies: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/'))
      void response.text().then(
        (text) => bodies.push(text),
        () => undefined,
      );
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
  await signIn(page, product.people.administrator);
  await page.waitForURL('**/clients/new**');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Typed before the end');
  await context.close();
});

test('one minute before the end the page says so, and one press starts the time anew', async ({ signedInAs }) => {
  const { page } = await signedInAs('reviewer');
  let idleEndsAt: string | undefined = new Date(Date.now() + 55_000).toISOString();
  // Nobody waits fourteen minutes here: the answer of the real server is moved to where it would be then.
  await page.route('**/api/session', async (route) => {
    const response = await route.fetch();
    const session = (await response.json()) as { ends: { idleEndsAt: string } };
    await route.fulfill({
      response,
      json: { ...session, ends: { ...session.ends, ...(idleEndsAt && { idleEndsAt }) } },
    });
  });
  await page.goto('/clients');
  const warning = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await expect(warning.getByRole('button', { name: 'Stay signed in' })).toBeVisible();
  idleEndsAt = undefined;
  await warning.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(warning).toBeHidden();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('a person sees their own sessions and ends one from another browser', async ({ browser, product }) => {
  const [here, there] = await Promise.all([browser.newContext(), browser.newContext()]);
  for (const context of [here, there]) {
    const page = await context.newPage();
    await page.goto(`${product.console}/sign-in?returnTo=/sessions`);
    await signIn(page, product.people.lead);
    await heading(page, /sessions/i);
  }
  const [mine] = here.pages();
  if (!mine) throw new Error('The page is gone');
  await mine.reload();
  const others = mine
    .getByRole('row')
    .filter({ hasNotText: 'this one' })
    .getByRole('button', { name: /^End session/ });
  await expect(others.first()).toBeVisible();
  const before = await others.count();
  await others.first().click();
  await mine.getByRole('dialog').getByRole('button', { name: /^End/ }).click();
  await expect(others).toHaveCount(before - 1);
  const refused = await Promise.all(
    [here, there].map((context) => context.request.get(`${product.console}/api/sessions`)),
  );
  expect(refused.map((answer) => answer.status()).toSorted((a, b) => a - b)).toEqual([200, 401]);
  await Promise.all([here.close(), there.close()]);
});
