import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';

/** A program to run. */
export interface Command {
  program: string;
  args: string[];
  cwd: string;
  environment?: Record<string, string>;
}

/** Runs a program with its output in our own, its tools and its Node being those of the lockfile. @returns exit code */
export async function runCommand({ program, args, cwd, environment = {} }: Command, root: string): Promise<number> {
  const tools = [join(cwd, 'node_modules', '.bin'), join(root, 'node_modules', '.bin')].join(delimiter);
  const child = spawn(program, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}`, ...environment },
  });
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
    // What still runs is ended by its own parent; we only see that nothing new begins.
    process.exitCode = 130;
  };
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  try {
    await once(child, 'close');
  } finally {
    process.off('SIGINT', forward);
    process.off('SIGTERM', forward);
  }
  if (process.exitCode === 130) process.exit(130);
  return child.exitCode ?? 1;
}
