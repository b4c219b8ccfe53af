import type { Plugin } from 'vite';

const modules = /[\\/]zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/;

/**
 * Leaves out of the page what zod needs to print JSON Schemas (5 KB compressed): each schema drags it along, only the
 * server prints them. What is exported stays, and does nothing.
 */
export function withoutJsonSchema(): Plugin {
  return {
    name: 'latchkey-without-json-schema',
    apply: 'build',
    transform(code, id) {
      if (!modules.test(id)) return null;
      const names = [...code.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name);
      return { code: names.map((name) => `export const ${name} = () => undefined;`).join('\n'), map: null };
    },
  };
}
