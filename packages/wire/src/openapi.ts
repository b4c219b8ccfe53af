import type { Right, Route, Table } from '@latchkey/contract/route';
import * as z from 'zod';
import { eachRoute } from './each-route.ts';

/** How an API names its refusals, for the document. */
export interface OpenApiFaults {
  /** Code → status and sentence. */
  readonly table: Readonly<Record<string, { status: number; title: string }>>;
  /** Codes that every route can answer with, by its right. */
  readonly always: (route: Route) => readonly string[];
  /** Media type of a refusal. */
  readonly mediaType: string;
  /** JSON Schema of a refusal. */
  readonly schema: object;
}

/** What the document says of the API as a whole. */
export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Prefix of all paths, such as `/api`. */
  readonly base: string;
  readonly securitySchemes: Record<string, object>;
}

/** The OpenAPI 3.1 document is a view of the table; nothing is written by hand beside it (product 16.5). */
export function openapi(table: Table, info: OpenApiInfo, refusals: OpenApiFaults): object {
  const paths: Record<string, Record<string, unknown>> = {};
  eachRoute(table, (route, feature, operation) => {
    const path = (paths[info.base + route.path.replace(/:(\w+)/g, '{$1}')] ??= {});
    path[route.method.toLowerCase()] = {
      operationId: `${feature}.${operation}`,
      tags: [feature],
      summary: route.summary,
      'x-permission': spell(route.permission),
      ...(route.scope && { 'x-scope': route.scope }),
      security: route.permission === 'anyone' ? [] : Object.keys(info.securitySchemes).map((name) => ({ [name]: [] })),
      parameters: [...parameters('path', route.params), ...parameters('query', route.query)],
      ...(route.body && { requestBody: { required: !route.bodyOptional, content: json(route.body, 'input') } }),
      responses: { ...given(route), ...refused(route, refusals) },
    };
  });
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, description: info.description },
    paths,
    components: { securitySchemes: info.securitySchemes },
  };
}

/** A right as a text: `oauth:client:view`, `a and b`, `a or b`, `signed-in`, `anyone`. */
export function spell(right: Right): string {
  if (typeof right === 'string') return right;
  return 'allOf' in right ? right.allOf.join(' and ') : right.anyOf.join(' or ');
}

const given = ({ status = 200, summary, output }: Route) => ({
  [status]: { description: summary, ...(status !== 204 && { content: json(output, 'output') }) },
});

/** Faults that share a status share a response. */
function refused(route: Route, { table, always, mediaType, schema }: OpenApiFaults) {
  const responses: Record<string, { description: string; content: object }> = {};
  for (const code of new Set([...always(route), ...(route.faults ?? [])])) {
    const fault = table[code];
    if (!fault) throw new Error(`The fault ${code} of ${route.method} ${route.path} has no row`);
    const before = responses[fault.status]?.description;
    const line = `\`${code}\`: ${fault.title}`;
    responses[fault.status] = {
      description: before ? `${before}\n${line}` : line,
      content: { [mediaType]: { schema } },
    };
  }
  return responses;
}

const parameters = (where: 'path' | 'query', object?: z.ZodObject) =>
  Object.entries((object?.shape ?? {}) as Record<string, z.ZodType>).map(([name, schema]) => ({
    name,
    in: where,
    required: !schema.safeParse(undefined).success,
    schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  }));

const json = (schema: z.ZodType, io: 'input' | 'output') => ({
  'application/json': { schema: z.toJSONSchema(schema, { io, unrepresentable: 'any' }) },
});
