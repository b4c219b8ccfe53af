import { consoleApi } from '@latchkey/contract/console-api/table';
import { faults } from '@latchkey/contract/faults';
import { openapi } from '@latchkey/wire/openapi';
import { describe, expect, it } from 'vitest';
import { byFeature, OpenApi } from './open-api.ts';
import { schemaText } from './schema-text.ts';

const document = OpenApi.parse(
  openapi(
    consoleApi,
    { title: 'Console', version: '1', description: '', base: '/api', securitySchemes: {} },
    { table: faults, always: () => [], mediaType: 'application/problem+json', schema: {} },
  ),
);

describe('the document of the console', () => {
  it('is read whole: every feature with every operation', () => {
    const features = byFeature(document);
    expect([...features.keys()]).toEqual(Object.keys(consoleApi));
    for (const [feature, operations] of Object.entries(consoleApi)) {
      expect(
        features
          .get(feature)
          ?.map(({ operationId }) => operationId)
          .toSorted(),
      ).toEqual(
        Object.keys(operations)
          .map((operation) => `${feature}.${operation}`)
          .toSorted(),
      );
    }
  });

  it('has every schema as a readable text', () => {
    for (const operation of [...byFeature(document).values()].flat()) {
      for (const { name, schema } of operation.parameters) expect(schemaText(schema), name).not.toBe('anything');
      const body = operation.requestBody?.content['application/json']?.schema;
      if (body) expect(schemaText(body)).toMatch(/^\{/);
    }
  });
});

it.each([
  [{ type: 'string', minLength: 1, maxLength: 200 }, 'text (1–200)'],
  [{ type: 'string', enum: ['a', 'b'] }, '"a" | "b"'],
  [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, '("a" | "b")[]'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'text | null'],
  [{ type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 }, 'whole number'],
  [
    {
      type: 'object',
      properties: { id: { type: 'string' }, at: { type: 'string', format: 'date-time' } },
      required: ['id'],
    },
    '{\n  id: text\n  at?: text (date-time)\n}',
  ],
  [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [name]: number }'],
  [{}, 'anything'],
])('writes %j as a person reads it', (schema, text) => {
  expect(schemaText(schema)).toBe(text);
});
