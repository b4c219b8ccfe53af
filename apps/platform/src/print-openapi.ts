import { platformFaults } from '@latchkey/contract/platform-api/faults';
import { platformApi } from '@latchkey/contract/platform-api/table';
import type { Route } from '@latchkey/contract/route';
import { openapi } from '@latchkey/wire/openapi';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the Platform's OpenAPI document lies in the repository. */
export const openApiFile = fileURLToPath(new URL('../../../docs/platform-openapi.json', import.meta.url));

/** OpenAPI 3.1 of the Platform API, extensions included; the document as the file holds it. */
export function openApiText(): string {
  const document = openapi(
    platformApi,
    {
      title: 'Latchkey Platform',
      version: '1.0.0',
      description:
        'The part of the Genesys Cloud Platform API that the embedded Platform speaks. A call needs the permission of its row and, with a token of a person, its scope; for a GET the read-only variant of the scope is enough.',
      base: '',
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An access token of `/oauth/token`.' },
      },
    },
    {
      table: Object.fromEntries(
        Object.entries(platformFaults).map(([code, { status, message }]) => [code, { status, title: message }]),
      ),
      always: faultsOfEveryRow,
      mediaType: 'application/json',
      schema: { $ref: '#/components/schemas/ErrorBody' },
    },
  );
  const components = { ...(document as { components?: object }).components, schemas: { ErrorBody: errorBody } };
  return `${JSON.stringify({ ...document, components }, null, 2)}\n`;
}

const faultsOfEveryRow = ({ permission, scope, personOnly, params, query, body }: Route): string[] => [
  ...(params || query ? ['invalid.query.param.value'] : []),
  ...(body
    ? [
        'bad.request',
        'invalid.property',
        'constraint.validation',
        'client.failed.request',
        'request.entity.too.large',
        'unsupported.media.type',
      ]
    : []),
  ...(permission === 'anyone' ? [] : ['authentication.required', 'bad.credentials', 'credentials.expired']),
  ...(permission === 'anyone' || permission === 'signed-in'
    ? []
    : [typeof permission === 'object' && 'anyOf' in permission ? 'missing.any.permissions' : 'missing.permissions']),
  ...(scope || personOnly ? ['not.authorized'] : []),
  'method.not.allowed',
  'too.many.requests',
  'internal.server.error',
];

const text = { type: 'string' };

/** JSON Schema of the error envelope (platform-api 3.1). */
const errorBody = {
  type: 'object',
  required: ['message', 'code', 'status', 'contextId', 'details', 'errors'],
  properties: {
    message: text,
    code: { type: 'string', enum: Object.keys(platformFaults) },
    status: { type: 'integer' },
    contextId: text,
    details: {
      type: 'array',
      items: {
        type: 'object',
        properties: { errorCode: text, fieldName: text, entityId: text, entityName: text },
      },
    },
    errors: { type: 'array', items: { $ref: '#/components/schemas/ErrorBody' } },
    messageWithParams: text,
    messageParams: { type: 'object', additionalProperties: text },
    limit: { type: 'object', properties: { key: text, namespace: text, value: { type: 'number' } } },
  },
};

if (import.meta.main) writeFileSync(openApiFile, openApiText());
