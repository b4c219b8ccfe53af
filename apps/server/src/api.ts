import { faults } from '@latchkey/contract/faults';
import { consoleApi, type ConsoleApi } from '@latchkey/contract/console-api/table';
import type { Route, Table } from '@latchkey/contract/route';
import { mount, type Handlers } from '@latchkey/wire/mount';
import { openapi } from '@latchkey/wire/openapi';
import { Router, type Request, type Response } from 'express';
import type { Context } from './context.ts';
import type { Gate, SessionContext } from './gate.ts';
import { neverCompress } from './http/compressed.ts';
import { WrongMethod } from './http/faults.ts';
import { misfitFault } from './http/misfits.ts';
import { nameRequest } from './http/request-log.ts';
import { publicTable, sessionTable } from './session/session-handlers.ts';

/** The table without the rows of the session: what the features answer. */
const { session: _session, ...features } = consoleApi;
export type FeaturesTable = Omit<ConsoleApi, 'session'>;
export type FeatureHandlers = Handlers<FeaturesTable, Context>;

/** What answers each part of the table. */
export interface ApiHandlers {
  readonly public: Handlers<typeof publicTable, SessionContext | null>;
  readonly session: Handlers<typeof sessionTable, SessionContext>;
  readonly features: FeatureHandlers;
}

/** `/api`: every row of the console's table behind the gate, and the document that describes them. */
export function api(gate: Gate, handlers: ApiHandlers): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use((_req, res, next) => {
    nameRequest(res, 'api');
    // Also on refusals: nothing that this API says may be kept (security H-07, K-03).
    res.set('cache-control', 'no-store');
    next();
  });
  mountAll(router, publicTable, handlers.public, gate.anyone);
  mountAll(router, sessionTable, handlers.session, gate.session);
  mountAll(router, features, handlers.features, gate.person);
  const document = JSON.stringify(openApiDocument());
  router.get('/openapi.json', (req, res) => {
    if (req.method === 'HEAD') throw new WrongMethod(['GET']);
    res.type('json').send(document);
  });
  router.all('/openapi.json', () => {
    throw new WrongMethod(['GET']);
  });
  return router;
}

type Door<Caller> = (req: Request, res: Response, route: Route, name: string) => Promise<Caller>;

function mountAll<T extends Table, Caller>(
  router: Router,
  table: T,
  handlers: Handlers<T, Caller>,
  door: Door<Caller>,
): void {
  mount(router, table, handlers, {
    gate: (req, res, route, name) => {
      nameRequest(res, name);
      if (route.reveals) neverCompress(res);
      return door(req, res, route, name);
    },
    misfit: misfitFault,
    wrongMethod: (allowed) => new WrongMethod(allowed),
  });
}

/** OpenAPI 3.1 of the console's API (product 16.5). */
export function openApiDocument(): object {
  const document = openapi(
    consoleApi,
    {
      title: 'Latchkey console',
      version: '1.0.0',
      description:
        'The API of the console for OAuth clients. Requests that change something carry the header `latchkey-request: 1` and come from the console’s own origin; those that create carry an `Idempotency-Key`.',
      base: '/api',
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-latchkey', description: 'Set by signing in.' },
      },
    },
    {
      table: faults,
      always: faultsOfEveryRow,
      mediaType: 'application/problem+json',
      schema: { $ref: '#/components/schemas/Problem' },
    },
  );
  return {
    ...document,
    components: { ...(document as { components?: object }).components, schemas: { Problem: problemSchema } },
  };
}

const faultsOfEveryRow = ({ method, permission, params, query, body }: Route): string[] => [
  ...(params || query || body ? ['input.invalid'] : []),
  ...(body ? ['input.not_json', 'input.too_deep', 'input.too_large', 'input.media_type'] : []),
  ...(method === 'GET' ? [] : ['request.forged']),
  ...(permission === 'anyone' ? [] : ['session.missing', 'session.expired']),
  ...(permission === 'anyone' || permission === 'signed-in' ? [] : ['permission.missing']),
  'method.not_allowed',
  'rate.limited',
  ...(permission === 'anyone' || permission === 'signed-in'
    ? []
    : ['platform.refused', 'platform.busy', 'platform.garbled']),
  'platform.unreachable',
  'storage.unavailable',
  'server.failed',
];

const text = { type: 'string' };
const texts = { type: 'array', items: text };

/** JSON Schema of a problem document. */
const problemSchema = {
  type: 'object',
  required: ['code', 'status', 'title'],
  properties: {
    code: { type: 'string', enum: Object.keys(faults) },
    status: { type: 'integer' },
    title: text,
    detail: text,
    remedy: text,
    correlationId: text,
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'reason', 'message', 'remedy'],
        properties: { field: text, reason: text, message: text, remedy: text },
      },
    },
    permissions: texts,
    roles: texts,
    grantors: texts,
    retryAfterSeconds: { type: 'integer' },
    at: text,
    current: {},
  },
};
