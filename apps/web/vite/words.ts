import { parse } from '@formatjs/icu-messageformat-parser';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const prefix = 'virtual:words/';

/** What every page says; the rest comes with the first page that is not the inventory. */
const first = ['app.json', 'clients.json', 'faults.json', 'ui.json'];

/**
 * `virtual:words/<language>/first` and `…/rest`: `src/words/<language>/*.json` as two modules of messages, compiled from
 * ICU text to syntax trees, so that the page needs no parser; `virtual:words/<language>` is both. A text that does not
 * parse, or an id in two files, fails the build.
 */
export function words(root: string): Plugin {
  return {
    name: 'latchkey-words',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const [language = '', part] = id.slice(prefix.length + 1).split('/');
      const folder = join(root, 'src/words', language);
      const seen = new Set<string>();
      const messages: Record<string, unknown> = {};
      for (const name of readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .toSorted()) {
        const file = join(folder, name);
        this.addWatchFile(file);
        for (const [key, text] of Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)) {
          if (seen.has(key)) throw new Error(`The words "${key}" stand in two files of ${folder}`);
          seen.add(key);
          if (part === undefined || first.includes(name) === (part === 'first')) messages[key] = compiled(key, text);
        }
      }
      // As a text, which a browser reads faster than a literal of this size.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(messages))})`;
    },
  };
}

function compiled(key: string, text: string): unknown {
  try {
    return parse(text, { captureLocation: false });
  } catch (cause) {
    throw new Error(`The words "${key}" cannot be read: ${text}`, { cause });
  }
}
