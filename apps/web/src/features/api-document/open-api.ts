import * as z from 'zod';

const Schema = z.record(z.string(), z.unknown());

/** The parts of an OpenAPI 3.1 document that the page reads; everything else is left alone. */
export const OpenApi = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: z.string().optional() }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        tags: z.array(z.string()).default([]),
        summary: z.string().default(''),
        'x-permission': z.string().default('anyone'),
        parameters: z
          .array(
            z.object({
              name: z.string(),
              in: z.string(),
              required: z.boolean().default(false),
              schema: Schema.default({}),
            }),
          )
          .default([]),
        requestBody: z.object({ content: z.record(z.string(), z.object({ schema: Schema })) }).optional(),
        responses: z.record(
          z.string(),
          z.object({
            description: z.string().default(''),
            content: z.record(z.string(), z.object({ schema: Schema })).optional(),
          }),
        ),
      }),
    ),
  ),
});
export type OpenApi = z.infer<typeof OpenApi>;

/** One operation with its method and path. */
export type Operation = OpenApi['paths'][string][string] & { readonly method: string; readonly path: string };

/** The operations by feature, in the order of the document. */
export function byFeature(document: OpenApi): Map<string, Operation[]> {
  const features = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const feature = operation.tags[0] ?? '';
      features.set(feature, [...(features.get(feature) ?? []), { ...operation, method: method.toUpperCase(), path }]);
    }
  }
  return features;
}

/** Reads the document from the server that serves the page. */
export async function readOpenApi({ signal }: { signal: AbortSignal }): Promise<OpenApi> {
  const response = await fetch('/api/openapi.json', {
    signal,
    headers: { accept: 'application/json', 'latchkey-request': '1' },
  });
  if (!response.ok) throw new Error(`The document was answered with ${response.status}`);
  return OpenApi.parse(await response.json());
}
