import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from './api.ts';

/** Where the OpenAPI document lies in the repository. */
export const openApiFile = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url));

/** The document as the file holds it. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;

if (import.meta.main) writeFileSync(openApiFile, openApiText());
