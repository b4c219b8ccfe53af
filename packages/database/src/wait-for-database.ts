import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from './provision.ts';

/**
 * Waits until a database takes connections, for the start of an app beside a database that is not there yet
 * (security F-07).
 *
 * @param seconds how long to wait at most; 60 unless told
 * @throws the last failure to connect, when the time is over
 */
export async function waitForDatabase(url: string, { seconds = 60 }: { seconds?: number } = {}): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    try {
      await withClient(url, (client) => client.query('SELECT 1'));
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(250);
    }
  }
}
