import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A child process of a test, read line by line. */
export interface Lines {
  process: ChildProcess;
  /** All lines so far. */
  seen: string[];
  /** The first line, past or to come, that begins with a word; fails when the process ends without it. */
  line(beginning: string): Promise<string>;
  /** Ends it without warning and waits until it is gone. */
  kill(): Promise<void>;
  /** Waits for its end. */
  ended: Promise<number | null>;
}

/** Runs a file beside this one under the same Node, as another user when told. */
export function runFile(file: string, args: string[], account: { uid?: number; gid?: number } = {}): Lines {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { ...account, stdio: ['ignore', 'pipe', 'inherit'] });
  const seen: string[] = [];
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    seen.push(line);
    for (const listener of listeners) listener();
  });
  const ended = once(child, 'close').then(([code]) => {
    for (const listener of listeners) listener();
    return code as number | null;
  });
  return {
    process: child,
    seen,
    line: (beginning) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = seen.find((line) => line.startsWith(beginning));
          if (found !== undefined) resolve(found);
          else if (child.exitCode !== null || child.signalCode !== null) {
            reject(new Error(`ended without "${beginning}" after:\n${seen.slice(-10).join('\n')}`));
          } else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}
