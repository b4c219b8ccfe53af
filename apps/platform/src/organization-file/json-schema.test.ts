import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { organizationJsonSchema } from './organization-schema.ts';

it('lies in the repository as it is printed from the code', async () => {
  const file = new URL('../../organization.schema.json', import.meta.url);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(organizationJsonSchema())));
});
