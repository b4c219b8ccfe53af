import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Takes lines and never makes the caller wait. */
export interface LogFile {
  write: (line: string) => void;
  /** Resolves once everything taken so far is in the file. */
  flushed: () => Promise<void>;
}

/** Bytes after which a log file is put aside as `<name>.1`, in place of the one before. */
const fullAt = 10_000_000;

/** Bytes that wait at most while the disk is slow or full; what comes on top is lost rather than kept in memory. */
const waitingAtMost = 4_000_000;

/** Opens a file for the lines of a child. */
export async function openLogFile(path: string): Promise<LogFile> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  let size = (await stat(path).catch(() => null))?.size ?? 0;
  let waiting: string[] = [];
  let bytes = 0;
  let writing: Promise<void> | null = null;

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const text = waiting.join('');
      waiting = [];
      bytes = 0;
      try {
        if (size > fullAt) {
          await rename(path, `${path}.1`);
          size = 0;
        }
        await appendFile(path, text, { mode: 0o600 });
        size += Buffer.byteLength(text);
      } catch {
        // A log that cannot be written must not stop the product; the next lines are tried again.
      }
    }
    writing = null;
  };

  return {
    write: (line) => {
      if (bytes > waitingAtMost) return;
      waiting.push(`${line}\n`);
      bytes += line.length + 1;
      writing ??= drain();
    },
    flushed: async () => {
      await writing;
    },
  };
}
