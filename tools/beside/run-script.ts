import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a script of an app with this terminal and this process's environment.
 *
 * @param script path below the root of the repository
 * @param settings what the script needs besides the environment, or instead of it
 * @returns its exit code
 */
export async function runScript(script: string, settings: Record<string, string>): Promise<number> {
  const file = fileURLToPath(new URL(`../../${script}`, import.meta.url));
  const child = spawn(process.execPath, [file, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...settings },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 2;
}

/** Ends this process with a code, or with 2 and the sentence of what went wrong. */
export async function endWith(work: Promise<number>): Promise<void> {
  try {
    process.exitCode = await work;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}
