import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A supervisor with stand-ins, started as a process of its own. */
export interface Running {
  console: string;
  platform: string;
  /** Everything the terminal showed so far. */
  said: () => string;
  /** Waits until the terminal showed a text; fails when the supervisor ends without it. */
  until: (text: string) => Promise<void>;
  signal: (signal: NodeJS.Signals) => void;
  /** Its exit code, once it ended. */
  ended: Promise<number | null>;
}

const runner = fileURLToPath(new URL('run.ts', import.meta.url));

/** Starts a supervisor on free ports unless others are told. */
export async function running(dataDir: string, environment: Record<string, string> = {}): Promise<Running> {
  const [consolePort, platformPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    CONSOLE_PORT: `${consolePort}`,
    PLATFORM_PORT: `${platformPort}`,
    DATA_DIR: dataDir,
    ...environment,
  };
  const child = spawn(process.execPath, [runner], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => (text += more));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    console: `http://127.0.0.1:${env.CONSOLE_PORT}`,
    platform: `http://127.0.0.1:${env.PLATFORM_PORT}`,
    said: () => text,
    until: async (wanted) => {
      while (!text.includes(wanted)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`ended without "${wanted}":\n${text}`);
        await pause(20);
      }
    },
    signal: (signal) => void child.kill(signal),
    ended,
  };
}

/** What a stand-in was given; null while it does not answer. */
export async function given(address: string): Promise<Given | null> {
  try {
    return (await (await fetch(`${address}/given`)).json()) as Given;
  } catch {
    return null;
  }
}

/** What a stand-in tells of itself. */
export interface Given {
  pid: number;
  clientSecret: string;
  key: string;
  environment: Record<string, string | undefined>;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
