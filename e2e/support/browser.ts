import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** The browser to use: a setting, then Playwright's own (nothing to say), then one on the PATH. */
export function browserPath(): string | undefined {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return given;
  if (existsSync(chromium.executablePath())) return undefined;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
      if (folder && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}
