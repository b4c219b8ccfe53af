import { expect, type Locator, type Page } from '@playwright/test';

/** The dialog that shows a secret once, as a person meets it. */
export class Reveal {
  readonly dialog: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.dialog = page.getByRole('dialog').filter({ hasText: 'Shown once. After this, nobody can show it again.' });
  }

  get stored(): Locator {
    return this.dialog.getByRole('checkbox', { name: 'I have stored it' });
  }

  get done(): Locator {
    return this.dialog.getByRole('button', { name: 'Done' });
  }

  /** Uncovers the secret and reads it. */
  async show(): Promise<string> {
    await this.dialog.getByRole('button', { name: 'Show', exact: true }).click();
    return (await this.dialog.getByText(/^lks_/).first().textContent()) ?? '';
  }

  /** Copies the secret while it is covered and reads it from the clipboard. */
  async copy(): Promise<string> {
    await this.dialog.getByRole('button', { name: 'Copy secret', exact: true }).click();
    await expect(this.stored).toBeEnabled();
    return this.#page.evaluate(() => navigator.clipboard.readText());
  }

  /** Ticks the box and leaves. */
  async acknowledge(storedWhere = ''): Promise<void> {
    if (storedWhere) await this.dialog.getByLabel('Where is it stored?').fill(storedWhere);
    await this.stored.check();
    await this.done.click();
    await expect(this.dialog).toBeHidden();
  }
}

/** Generates a new secret for the reason and stops at the dialog that shows it. */
export async function generateSecret(page: Page, clientId: string, reason: RegExp): Promise<Reveal> {
  await page.goto(`/clients/${clientId}?tab=secrets&do=generate-secret`);
  await page.getByRole('dialog').getByRole('radio', { name: reason }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Generate new secret' }).click();
  const reveal = new Reveal(page);
  await expect(reveal.done).toBeVisible();
  return reveal;
}
