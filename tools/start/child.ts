import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openLogFile } from './log-file.ts';
import { Problem } from './problem.ts';

/** One app that the supervisor keeps running. */
export interface ChildSettings {
  /** As the terminal calls it. */
  name: string;
  entry: string;
  environment: Record<string, string>;
  logFile: string;
  /** Where it says whether it can serve. */
  readyUrl: string;
  /** Runs before each start and after each time that it can serve: for what it needs only while starting. */
  beforeStart: () => Promise<void>;
  afterReady: () => Promise<void>;
  onMessage: (message: unknown) => void;
  say: (line: string) => void;
}

/** An app that is kept running. */
export interface Child {
  /** Resolves when it first can serve. @throws Problem when it does not come that far */
  ready: Promise<void>;
  /** Asks it to end; after the patience, in milliseconds, it is ended. */
  stop: (patience: number) => Promise<void>;
  /** Ends it at once. */
  kill: () => void;
}

const guard = fileURLToPath(new URL('child-guard.ts', import.meta.url));

/** How often an app may end before it could serve for the first time. */
const attempts = 3;

/** Starts an app and starts it again, with growing pauses, whenever it ends by itself. */
export async function keepChild(settings: ChildSettings): Promise<Child> {
  const log = await openLogFile(settings.logFile);
  const stopping = new AbortController();
  const { signal } = stopping;
  let child: ChildProcess | null = null;
  let lastWords: string[] = [];
  let served = false;
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined);

  const hear = (line: string): void => {
    log.write(line);
    const words = humanLine(line);
    if (words === null) return;
    if (served) settings.say(`${settings.name}: ${words}`);
    lastWords = [...lastWords.slice(-11), words];
  };

  const live = async (): Promise<void> => {
    lastWords = [];
    await settings.beforeStart();
    if (signal.aborted) return;
    const started = spawn(process.execPath, ['--import', guard, settings.entry], {
      env: settings.environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A group of its own: Ctrl-C in the terminal is for the supervisor, which then asks each app in turn.
      detached: true,
    });
    child = started;
    started.on('message', settings.onMessage);
    for (const stream of [started.stdout, started.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', hear);
    }
    const ended = once(started, 'close').catch(() => undefined);
    const over = new AbortController();
    const watched = untilReady(settings.readyUrl, over.signal).then(async (isReady) => {
      if (!isReady) return;
      served = true;
      await settings.afterReady();
      ready.resolve();
    });
    await ended;
    over.abort();
    await watched;
    child = null;
    if (signal.aborted) return;
    const how = started.signalCode ?? `exit code ${started.exitCode ?? 'unknown'}`;
    log.write(JSON.stringify({ level: 50, time: new Date().toISOString(), msg: `${settings.name} ended (${how})` }));
    if (served) settings.say(`${settings.name} ended by itself (${how}); starting it again`);
  };

  const keep = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted;) {
      const began = Date.now();
      await live();
      if (signal.aborted) return;
      failures = Date.now() - began > 30_000 ? 0 : failures + 1;
      if (!served && failures >= attempts) {
        const said = lastWords.length === 0 ? `Its log is ${settings.logFile}.` : lastWords.join('\n');
        ready.reject(new Problem(`${settings.name} does not start.\n${said}`));
        return;
      }
      await pause(Math.min(250 * 2 ** (failures - 1), 5_000), undefined, { signal }).catch(() => undefined);
    }
  };
  const kept = keep().catch((error: unknown) => ready.reject(error));

  return {
    ready: ready.promise,
    kill: () => void child?.kill('SIGKILL'),
    stop: async (patience) => {
      stopping.abort();
      child?.kill('SIGTERM');
      const late = setTimeout(() => child?.kill('SIGKILL'), patience);
      await kept;
      clearTimeout(late);
      await log.flushed();
    },
  };
}

async function untilReady(url: string, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.any([over, AbortSignal.timeout(2_000)]) });
      await answer.body?.cancel();
      if (answer.status === 200) return true;
    } catch {
      // Not listening yet; asked again.
    }
    await pause(40, undefined, { signal: over }).catch(() => undefined);
  }
  return false;
}

/**
 * What a person at the terminal should read of a line: errors of the log with the number under which the log tells more,
 * and whatever was not written by the logger; null for the rest.
 */
export function humanLine(line: string): string | null {
  if (!line.startsWith('{')) return line.trim() === '' ? null : line;
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line;
  }
  const level = entry['level'];
  if (typeof level === 'number' ? level < 50 : level !== 'error' && level !== 'fatal') return null;
  const text = (name: string): string | null => {
    const value = entry[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const cause = entry['err'] as { message?: unknown } | null | undefined;
  const why = typeof cause?.message === 'string' ? `: ${cause.message}` : '';
  const id = text('correlationId') ?? text('requestId') ?? text('reqId');
  return `${text('msg') ?? 'error'}${why}${id === null ? '' : ` (correlation id ${id})`}`;
}
