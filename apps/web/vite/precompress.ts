import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const asBrotli = promisify(brotliCompress);
const asGzip = promisify(gzip);

/** Writes `.br` and `.gz` beside each text of the build, so that the server never compresses at run time. */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'latchkey-precompress',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    async writeBundle() {
      for (const name of await readdir(folder, { recursive: true })) {
        if (!/\.(html|js|css|svg|json|txt)$/.test(name)) continue;
        const file = join(folder, name);
        const bytes = await readFile(file);
        const options = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
        await writeFile(`${file}.br`, await asBrotli(bytes, options));
        await writeFile(`${file}.gz`, await asGzip(bytes, { level: 9 }));
      }
    },
  };
}
