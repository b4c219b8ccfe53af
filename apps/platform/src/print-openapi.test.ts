import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openApiFile, openApiText } from './print-openapi.ts';

it('the OpenAPI document in the repository is the one that the Platform’s table makes', () => {
  expect(readFileSync(openApiFile, 'utf8')).toBe(openApiText());
});
