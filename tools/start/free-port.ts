import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from './problem.ts';

/**
 * Makes sure that a port can be listened on.
 *
 * @param setting the name of the setting by which another port is given
 * @throws Problem naming the setting when it is taken or not allowed
 */
export async function ensurePortIsFree(host: string, port: number, setting: string): Promise<void> {
  for (const deadline = Date.now() + grace; ; await pause(100)) {
    try {
      return await listenOnce(host, port, setting);
    } catch (error) {
      if (Date.now() > deadline || !(error instanceof Problem && error.message.includes('in use'))) throw error;
    }
  }
}

/** Milliseconds in which an app of a Latchkey that was killed a moment ago may still be about to end. */
const grace = 2_000;

async function listenOnce(host: string, port: number, setting: string): Promise<void> {
  const server = createServer();
  server.listen({ host, port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new Problem(`Port ${port} is in use. Give Latchkey another one with ${setting}.`);
    if (code === 'EACCES')
      throw new Problem(`Port ${port} needs special rights. Give Latchkey another one with ${setting}.`);
    throw new Problem(
      `Latchkey cannot listen on ${host} port ${port} (${code ?? 'unknown'}). Look at HOST and ${setting}.`,
    );
  }
  server.close();
  await once(server, 'close');
}
