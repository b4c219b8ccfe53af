import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/**
 * A text that names one life of one process: its number together with the moment it began, so that a number used again
 * by another process, or after the machine was restarted, is not mistaken for it.
 *
 * @returns the mark, or null when no such process lives (a dead one not yet collected by its parent counts as dead)
 */
export async function processMark(pid: number): Promise<string | null> {
  if (!isThere(pid)) return null;
  if (process.platform === 'linux') {
    try {
      const [stat, boot] = await Promise.all([
        readFile(`/proc/${pid}/stat`, 'utf8'),
        readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      ]);
      // The command's name stands in brackets and may hold anything, so the fields are counted from the last bracket.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const state = fields[0];
      return state === 'Z' || state === 'X' ? null : `${pid} ${fields[19]} ${boot.trim()}`;
    } catch {
      return null;
    }
  }
  const began = await new Promise<string>((resolve) => {
    execFile('ps', ['-p', String(pid), '-o', 'state=,lstart='], (_error, out) => {
      resolve(out.trim());
    });
  });
  return began === '' || began.startsWith('Z') ? null : `${pid} ${began.replace(/^\S+\s+/, '')}`;
}

/** Whether a process of that number is there, be it another user's or a dead one not yet collected. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
