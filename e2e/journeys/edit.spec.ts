import { expect, heading, test } from '../fixtures.ts';

test('an edit shows what it changes and what it will do before it is saved', async ({ signedInAs, aClient }) => {
  const administrator = await signedInAs('administrator');
  const client = await aClient(administrator);
  const { page } = administrator;
  await page.goto(`/clients/${client.id}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('Now with a description');
  await page.getByRole('radio', { name: /24 hours/ }).check();
  await page.getByRole('button', { name: 'Review the change' }).click();
  await expect(page.getByRole('heading', { name: 'Check the change before you save' })).toBeVisible();
  await expect(page.getByText(/Tokens that are out already keep the old duration/)).toBeVisible();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText(`${client.name} is saved.`)).toBeVisible();
  await expect(page.getByText('Now with a description')).toBeVisible();
});

test('two people edit at once: the second is told, sees both versions, and nothing is overwritten', async ({
  signedInAs,
  aClient,
}) => {
  const administrator = await signedInAs('administrator');
  const client = await aClient(administrator);
  const { page, api } = administrator;
  await page.goto(`/clients/${client.id}?do=edit`);
  await page.getByRole('textbox', { name: 'Purpose' }).fill('Mine');

  const before = await api.clients.read({ params: { clientId: client.id } });
  const {
    name,
    grantTypes,
    roleDivisions,
    scopes,
    redirectUris,
    accessTokenValiditySeconds,
    owner,
    environment,
    version,
  } = before;
  await api.clients.edit({
    params: { clientId: client.id },
    body: {
      version,
      client: {
        name,
        grantTypes,
        roleDivisions,
        scopes,
        redirectUris,
        accessTokenValiditySeconds,
        owner,
        environment,
        description: 'Theirs',
        purpose: 'Theirs, too',
      },
    },
  });

  await page.getByRole('button', { name: 'Review the change' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('heading', { name: 'Somebody else changed this client meanwhile' })).toBeVisible();
  await expect(page.getByText('Theirs, too')).toBeVisible();
  await page.getByRole('radio', { name: /Yours/ }).first().check();
  await page.getByRole('button', { name: 'Review the merged change' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText(`${client.name} is saved.`)).toBeVisible();

  expect(await api.clients.read({ params: { clientId: client.id } })).toMatchObject({
    description: 'Theirs',
    purpose: 'Mine',
  });
});

test('every bad line of redirect URIs says why, at the line, and nothing typed is lost', async ({ signedInAs }) => {
  const { page } = await signedInAs('administrator');
  await page.goto('/clients/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('With redirects');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: /^Authorization Code/ }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await heading(page, 'Add client');
  const lines = ['https://app.example.com/cb', 'http://app.example.com/cb', 'https://*.example.com/cb', 'myapp://cb'];
  const first = page.getByRole('textbox', { name: 'Redirect URI 1', exact: true });
  await first.focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines.join('\n'));
  await page.keyboard.press('ControlOrMeta+V');
  for (const [at, line] of lines.entries()) {
    await expect(page.getByRole('textbox', { name: `Redirect URI ${at + 1}`, exact: true })).toHaveValue(line);
  }
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('textbox', { name: 'Redirect URI 2', exact: true })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await expect(page.getByRole('textbox', { name: 'Redirect URI 3', exact: true })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await expect(page.getByRole('textbox', { name: 'Redirect URI 4', exact: true })).not.toHaveAttribute(
    'aria-invalid',
    'true',
  );
});
