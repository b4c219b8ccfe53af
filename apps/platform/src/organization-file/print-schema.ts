import { writeFile } from 'node:fs/promises';
import { organizationJsonSchema } from './organization-schema.ts';

// Prints the JSON Schema of the organization file to where the repository keeps it.
await writeFile(
  new URL('../../organization.schema.json', import.meta.url),
  `${JSON.stringify(organizationJsonSchema(), null, 2)}\n`,
);
