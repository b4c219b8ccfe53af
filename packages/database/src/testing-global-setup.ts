import { announceTestServer, startTestServer } from './testing.ts';

/** For vitest's `globalSetup`: one PostgreSQL for the whole run, shared by all workers and stopped at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  const { server, stop } = await startTestServer();
  announceTestServer(server);
  return stop;
}
