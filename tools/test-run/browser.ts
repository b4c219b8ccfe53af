import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { Problem } from '../start/problem.ts';
import { runCommand } from './command.ts';

/** The names under which the browser is found on the PATH. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Makes sure that a browser is there: the one of `CHROMIUM_PATH`, Playwright's own, one on the PATH, or, as root on
 * Debian, one that is installed now.
 *
 * @returns its path; null for Playwright's own
 * @throws Problem saying how to get one
 */
export async function ensureBrowser(root: string): Promise<string | null> {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given;
    throw new Problem('CHROMIUM_PATH names a browser that is not there.');
  }
  if (existsSync(playwrightsOwn(root))) return null;
  const found = onPath();
  if (found !== null) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('Installing a browser');
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    ]) {
      await runCommand({ program: 'apt-get', args, cwd: root, environment: quiet }, root);
    }
  }
  const installed = onPath();
  if (installed !== null) return installed;
  throw new Problem('The journeys need a browser. Install Chromium, or name one with CHROMIUM_PATH.');
}

function playwrightsOwn(root: string): string {
  const playwright = createRequire(join(root, 'e2e/package.json'))('@playwright/test') as {
    chromium: { executablePath: () => string };
  };
  return playwright.chromium.executablePath();
}

function onPath(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((place) => existsSync(place)) ?? null;
}
