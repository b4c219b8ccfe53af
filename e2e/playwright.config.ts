import { defineConfig } from '@playwright/test';
import { browserPath } from './support/browser.ts';

const executablePath = browserPath();

/** Journeys in a real browser against the product as a person starts it. */
export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'journeys', testIgnore: '**/after-the-run/**' },
    { name: 'after the run', testMatch: '**/after-the-run/**', dependencies: ['journeys'] },
  ],
  globalSetup: './support/global-setup.ts',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: 'test-results',
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
  use: {
    launchOptions: {
      ...(executablePath && { executablePath }),
      // Back must be tried with the back/forward cache that people have; Playwright switches it off.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    },
    permissions: ['clipboard-read', 'clipboard-write'],
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
