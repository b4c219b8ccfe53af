import type { Input, Result, Route, Table } from '@latchkey/contract/route';
import type { NextFunction, Request as Req, Response as Res, Router } from 'express';
import * as z from 'zod';
import type { Sent } from './address.ts';
import { eachRoute } from './each-route.ts';

/** One function per operation; a missing one does not compile. */
export type Handlers<T extends Table, Context> = {
  [F in keyof T]: { [O in keyof T[F]]: (input: Input<T[F][O]>, context: Context) => Promise<Result<T[F][O]>> };
};

/** A part of the request that does not fit its schema. */
export interface Misfit {
  readonly part: 'params' | 'query' | 'body';
  readonly issues: readonly z.core.$ZodIssue[];
}

/** How one API says yes and no; the two tables differ in nothing else. */
export interface Doors<Context> {
  /** Says who is calling and what the handler needs, or throws the fault that says why not. Runs before anything is read. */
  readonly gate: (req: Req, res: Res, route: Route, name: string) => Promise<Context>;
  /** The fault for input that does not fit, all parts and issues at once. */
  readonly misfit: (misfits: readonly Misfit[], route: Route) => Error;
  /** The fault for an address that is known, asked with another method. */
  readonly wrongMethod: (allowed: readonly string[]) => Error;
}

/** Every operation is the same four steps: gate, read, handle, answer. */
export function mount<T extends Table, Context>(
  router: Router,
  table: T,
  handlers: Handlers<T, Context>,
  doors: Doors<Context>,
): void {
  const methods = new Map<string, Set<string>>();
  const wrongMethod = (path: string, res: Res): Error => {
    const allowed = [...(methods.get(path) ?? [])];
    res.setHeader('allow', allowed.join(', '));
    return doors.wrongMethod(allowed);
  };
  eachRoute(table, (route, feature, operation) => {
    const handle = handlers[feature]?.[operation] as unknown as (input: Sent, context: Context) => Promise<unknown>;
    methods.set(route.path, (methods.get(route.path) ?? new Set()).add(route.method));
    router[verb(route)](route.path, async (req: Req, res: Res) => {
      // Express answers HEAD by the GET handler; only rows that exist may act.
      if (req.method !== route.method) throw wrongMethod(route.path, res);
      const context = await doors.gate(req, res, route, `${feature}.${operation}`);
      const input = read(route, req, doors);
      answer(res, route, await handle(input, context));
    });
  });
  for (const path of methods.keys()) {
    router.all(path, (_req: Req, res: Res, next: NextFunction) => next(wrongMethod(path, res)));
  }
}

const verb = (route: Route) => route.method.toLowerCase() as 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

function read<Context>(route: Route, req: Req, doors: Doors<Context>): Sent {
  const input: Record<string, unknown> = {};
  const misfits: Misfit[] = [];
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = route[part];
    if (!schema) continue;
    const given: unknown = part === 'query' && route.query ? withLists(route.query, req.query) : req[part];
    if (part === 'body' && given === undefined && route.bodyOptional) continue;
    const parsed = schema.safeParse(given);
    if (parsed.success) input[part] = parsed.data;
    else misfits.push({ part, issues: parsed.error.issues });
  }
  if (misfits.length > 0) throw doors.misfit(misfits, route);
  return input;
}

/** A list that is asked for with one value arrives as a text; only its schema knows that it is a list. */
function withLists(schema: z.ZodObject, query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const members: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' && isList(members[name]) ? [value] : value,
    ]),
  );
}

const isList = (member: z.core.$ZodType | undefined): boolean =>
  member instanceof z.ZodArray || (member instanceof z.ZodOptional && isList(member.unwrap()));

/** Parsing the output strips whatever the contract does not promise (security Z-06). */
function answer(res: Res, { status = 200, output: promised }: Route, output: unknown): void {
  if (status === 204) res.status(204).end();
  else res.status(status).json(promised.parse(output));
}
