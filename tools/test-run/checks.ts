import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import { sum } from './result.ts';
import type { Result } from './result.ts';

/** Format, lint, arrows between the parts, and types: each counts as one test, the types once for each part. */
export async function runChecks(root: string): Promise<Result> {
  const results: Result[] = [];
  const check = async (name: string, program: string, args: string[], cwd = root): Promise<void> => {
    console.log(`-- ${name}`);
    const code = await runCommand({ program, args, cwd }, root);
    if (code !== 0) console.log(`-- ${name}: failed`);
    results.push({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });
  };
  await check('format', 'oxfmt', ['--check', '.']);
  await check('lint', 'oxlint', ['--type-aware']);
  await check('arrows', 'depcruise', ['--config', '.dependency-cruiser.mjs', 'apps', 'packages']);
  for (const part of await typedParts(root)) await check(`types of ${part}`, 'tsc', ['--noEmit'], join(root, part));
  return sum(results);
}

async function typedParts(root: string): Promise<string[]> {
  const groups = await Promise.all(
    ['packages', 'apps'].map(async (group) => (await readdir(join(root, group))).map((name) => join(group, name))),
  );
  return [...groups.flat(), 'e2e', 'tools', 'bench'].filter((part) => existsSync(join(root, part, 'tsconfig.json')));
}
