import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { TestProjectConfiguration } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A part with a configuration of its own keeps it; the others, and this folder, are plain Node with their tests beside the code. */
function project(part: string): TestProjectConfiguration {
  const folder = join(root, part);
  const name = part.split('/').at(-1) ?? part;
  const own = join(folder, 'vitest.config.ts');
  if (part !== 'tools' && existsSync(own)) return { extends: own, root: folder, test: { name, root: folder } };
  return { root: folder, test: { name, root: folder, include: ['**/*.test.ts'], testTimeout: 20_000 } };
}

const parts = ['packages', 'apps'].flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`));

export default defineConfig({
  test: {
    projects: [...parts, 'tools'].map(project),
    // Tests start databases, servers and each other's processes: more at a time than processors only makes them late.
    maxWorkers: 2,
  },
});
