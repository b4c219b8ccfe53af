import type { Page } from '@playwright/test';

/** Walks the wizard to its review: a Client Credentials client with one role, in the home division. */
export async function fillWizard(
  page: Page,
  { name, purpose = '' }: { name: string; purpose?: string },
): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  if (purpose) await page.getByRole('textbox', { name: 'Purpose' }).fill(purpose);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: /^Client Credentials/ }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: /^Routing Sync/ }).check();
  await page.getByRole('button', { name: 'Next' }).click();
}
