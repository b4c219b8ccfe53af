import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { words } from './vite/words.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The page's own tests: in a document, with the words that people read. Tests of keys and shells say `node` in their first line. */
export default defineConfig({
  root,
  plugins: [react(), words(root)],
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'vite/**/*.test.ts'],
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost:3000/' } },
    testTimeout: 20_000,
  },
});
