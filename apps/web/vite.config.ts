import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { precompress } from './vite/precompress.ts';
import { themeVariables } from './vite/theme-variables.ts';
import { withoutJsonSchema } from './vite/without-json-schema.ts';
import { words } from './vite/words.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  plugins: [react(), words(root), themeVariables(), withoutJsonSchema(), precompress()],
  resolve: {
    // The messages are compiled, so the parser of messages stays out of the page.
    alias: [
      { find: /^@formatjs\/icu-messageformat-parser$/, replacement: '@formatjs/icu-messageformat-parser/no-parser.js' },
    ],
  },
  build: {
    target: 'es2025',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // All that every page needs is one file: it compresses better, and zod's setting runs before any schema is made.
            { name: 'frame', tags: ['$initial'], priority: 2 },
          ],
        },
      },
    },
  },
  server: {
    // `vite` beside a running server: the page from here, everything else from there.
    proxy: Object.fromEntries(
      ['/api', '/sign-in', '/sign-out'].map((path) => [
        path,
        process.env['CONSOLE_ADDRESS'] ?? 'http://127.0.0.1:3000',
      ]),
    ),
  },
});
