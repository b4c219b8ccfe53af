import { announceTestServer, startTestServer } from './testing.ts';
import type { StartedTestServer } from './testing.ts';

/** Each project of a run loads this file anew, so what they share lies where all of them look. */
const shared = globalThis as { latchkeyTestServer?: Promise<StartedTestServer> | undefined };

/** For vitest's `globalSetup`: one PostgreSQL for the whole run, shared by all projects and stopped at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  shared.latchkeyTestServer ??= startTestServer();
  announceTestServer((await shared.latchkeyTestServer).server);
  return async () => {
    const started = shared.latchkeyTestServer;
    shared.latchkeyTestServer = undefined;
    await (await started)?.stop();
  };
}
