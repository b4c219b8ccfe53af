import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['../../packages/database/src/testing-global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 90_000,
  },
});
