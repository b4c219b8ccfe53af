import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entriesOf } from './entries.ts';
import { OrganizationFileError } from './file-error.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-entries-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string): Promise<Record<string, unknown>> {
  const file = join(folder, 'file.json');
  await writeFile(file, text);
  // Without a prototype: names like `toString` are sections like any other.
  const found = Object.create(null) as Record<string, unknown>;
  for await (const { section, path, value } of entriesOf(file)) {
    if (path === section) found[section] = value();
    else {
      const list = (found[section] ??= []) as unknown[];
      expect(path).toBe(`${section}[${list.length}]`);
      list.push(value());
    }
  }
  return { ...found };
}

describe('a file, entry by entry', () => {
  it('is what JSON.parse makes of it, whatever is in it', async () => {
    const member = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__');
    const value = fc.oneof(
      fc.array(fc.jsonValue(), { minLength: 1 }),
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(null, true),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(member, value), fc.constantFrom(0, 2, '\r\n\t'), async (content, indent) => {
        const text = JSON.stringify(content, null, indent);
        expect(await read(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 150 },
    );
  });

  it('is read across the pieces in which it arrives', async () => {
    const clients = Array.from({ length: 3_000 }, (_, index) => ({
      name: `"\\{[${'é'.repeat(index % 97)}]},:${index}`,
      nested: [[{ a: [index] }]],
    }));
    expect(await read(JSON.stringify({ a: { b: 1 }, clients, z: [1] }))).toEqual({ a: { b: 1 }, clients, z: [1] });
  });

  it('may have empty lists, a byte order mark and blanks around', async () => {
    expect(await read('\uFEFF \n{ "clients" : [ ] , "users":[\n\n]}\n ')).toEqual({});
    expect(await read('{}')).toEqual({});
  });

  it.each([
    '',
    '[]',
    '{',
    '{"a"',
    '{"a":',
    '{"a":[1,',
    '{"a":[1]',
    '{"a":[1,,2]}',
    '{"a":[1 2]}',
    '{"a":[1]]',
    '{"a":1}}',
    '{"a":1} x',
    '{a:1}',
    '{"a":[{]}',
    '{"a":["x]}',
    'null',
  ])('that is %j is refused with the place', async (text) => {
    await expect(read(text)).rejects.toThrow(OrganizationFileError);
  });

  it('never has its content in an error', async () => {
    const error = await read('{"clients":[{"secret": "lks_canary" oops}]}').catch((refused: Error) => refused);
    expect((error as Error).message).toContain('clients[0]');
    expect(String((error as Error).stack)).not.toContain('canary');
  });
});
