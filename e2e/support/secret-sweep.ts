import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How many consecutive characters of a secret make a finding (security 4, canary sweep). */
const windowLength = 12;

/** Where a part of a secret was found. Names the place and the form, never the secret. */
export interface Finding {
  readonly place: string;
  readonly form: string;
  readonly offset: number;
}

/**
 * Looks for secrets in whatever a run left behind: as they are, URL-encoded, base64, base64url, hexadecimal,
 * JSON-escaped, reversed; any 12 consecutive characters are a finding (security 4).
 */
export class SecretSweep {
  readonly #forms = new Map<string, string>();
  /** One bit for the first four bytes of each window: nearly every place of a file is dismissed by it. */
  readonly #firstFour = new Uint8Array(2 ** 24 / 8);

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) for (const [form, text] of formsOf(secret)) this.#learn(form, text);
  }

  #learn(form: string, text: string): void {
    for (let at = 0; at + windowLength <= text.length; at += 1) {
      const part = text.slice(at, at + windowLength);
      if (!this.#forms.has(part)) this.#forms.set(part, form);
      const mark = hashOfFour(Buffer.from(part, 'latin1'), 0);
      this.#firstFour[mark >> 3] = (this.#firstFour[mark >> 3] ?? 0) | (1 << (mark & 7));
    }
  }

  /** Searches one piece of material; `place` names it in the findings. */
  search(place: string, material: Buffer | string): Finding[] {
    const bytes = typeof material === 'string' ? Buffer.from(material) : material;
    const findings: Finding[] = [];
    for (let at = 0; at + windowLength <= bytes.length; at += 1) {
      const mark = hashOfFour(bytes, at);
      if (((this.#firstFour[mark >> 3] ?? 0) & (1 << (mark & 7))) === 0) continue;
      const form = this.#forms.get(bytes.toString('latin1', at, at + windowLength));
      if (form === undefined) continue;
      findings.push({ place, form, offset: at });
      at += windowLength;
    }
    return findings;
  }

  /** Searches every file below a folder, whatever it is. */
  async searchFolder(folder: string): Promise<{ files: number; bytes: number; findings: Finding[] }> {
    const found = { files: 0, bytes: 0, findings: [] as Finding[] };
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const content = await readIfThere(file);
      if (content === null) continue;
      found.files += 1;
      found.bytes += content.length;
      found.findings.push(...this.search(file, content));
    }
    return found;
  }
}

/** A living database removes files of its own between two looks; what is gone holds nothing. */
async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const hashOfFour = (bytes: Buffer, at: number): number =>
  (Math.imul(bytes.readUInt32LE(at), 0x9e37_79b1) >>> 8) & 0xff_ffff;

function formsOf(secret: string): [form: string, text: string][] {
  const bytes = Buffer.from(secret);
  // Base64 depends on where the secret starts within a group of three bytes; the edges differ, the middle does not.
  const shifted = (encoding: 'base64' | 'base64url') =>
    [0, 1, 2].map((shift): [string, string] => {
      const text = Buffer.concat([Buffer.alloc(shift), bytes])
        .toString(encoding)
        .replace(/=+$/, '');
      return [encoding, text.slice(shift === 0 ? 0 : 4, -2)];
    });
  return [
    ['as it is', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['reversed', [...secret].toReversed().join('')],
    ['hexadecimal', bytes.toString('hex')],
    ['hexadecimal', bytes.toString('hex').toUpperCase()],
    ...shifted('base64'),
    ...shifted('base64url'),
  ];
}
