import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { settingsDocument, settingsTable } from './print-settings.ts';
import { settingNames } from './settings.ts';

it('the document of settings is the one that the settings make', () => {
  const document = readFileSync(settingsDocument, 'utf8');
  expect(document).toBe(settingsTable());
  for (const name of settingNames) expect(document).toContain(`\`${name}\``);
});
