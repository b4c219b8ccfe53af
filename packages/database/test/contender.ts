/** A process that tries to take a folder, says how it went, and holds it until it is killed. */
import { lockFolder } from '../src/folder-lock.ts';

try {
  await lockFolder(process.argv[2] ?? '');
  process.stdout.write('won\n');
  setInterval(() => undefined, 60_000);
} catch (error) {
  process.stdout.write(`lost ${(error as Error).name}\n`);
}
