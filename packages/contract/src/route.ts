import type { Permission } from '@latchkey/domain/permission';
import type * as z from 'zod';

/**
 * What a caller must hold: one permission, any or all of several, to be signed in, or nothing.
 * It is the only statement of the right; menu, button, gates, OpenAPI and the access test read it.
 */
export type Right =
  | Permission
  | { readonly anyOf: readonly Permission[] }
  | { readonly allOf: readonly Permission[] }
  | 'signed-in'
  | 'anyone';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One HTTP operation, described once. Typed client, gate, validation, OpenAPI and query keys read this value. */
export interface Route {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly permission: Right;
  readonly summary: string;
  /**
   * Platform only: the OAuth scope that a token of a person needs besides the permission; `oauth` also admits reads
   * with `oauth:readonly` (platform-api 2).
   */
  readonly scope?: string;
  /** Platform only: refused to a token without a person behind it (platform-api 2.7). */
  readonly personOnly?: true;
  /** Console only: asking for it is not activity of the person, so that polling never keeps a session alive (S-14). */
  readonly background?: true;
  /** Console only: the answer carries a sealed secret; it must never be cached or compressed (security K-03). */
  readonly reveals?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body may be left out altogether (Genesys' `POST …/secret` has none). */
  readonly bodyOptional?: true;
  readonly output: z.ZodType;
  readonly status?: 200 | 201 | 202 | 204;
  /** Codes of the API's own fault table, besides those that every route has. */
  readonly faults?: readonly string[];
}

/** Feature → operation → route. `clients.generateSecret` is the operation's name everywhere. */
export type Table = Record<string, Record<string, Route>>;

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type ParamsOf<Path extends string> = [ParamNames<Path>] extends [never]
  ? { params?: undefined }
  : { params: z.ZodObject<Record<ParamNames<Path>, z.ZodType>> };

/** Keeps the literal types of a row and checks that `params` names exactly the `:names` of `path`. */
export const route = <const R extends Route>(row: R & ParamsOf<R['path']>): R => row;

type Part = 'params' | 'query' | 'body';
type Parts<R extends Route> = { [K in Part as R[K] extends z.ZodType ? K : never]: Extract<R[K], z.ZodType> };

/** A part that may be left out: nothing in it is needed. */
type Optional<R extends Route> = {
  [K in keyof Parts<R>]: object extends z.input<Parts<R>[K]>
    ? K
    : K extends 'body'
      ? R['bodyOptional'] extends true
        ? K
        : never
      : never;
}[keyof Parts<R>];

/** What a caller sends, before defaults. */
export type Request<R extends Route> = { [K in Exclude<keyof Parts<R>, Optional<R>>]: z.input<Parts<R>[K]> } & {
  [K in Optional<R>]?: z.input<Parts<R>[K]>;
};
/** What a handler receives, parsed. */
export type Input<R extends Route> = {
  [K in keyof Parts<R>]:
    | z.output<Parts<R>[K]>
    | (K extends 'body' ? (R['bodyOptional'] extends true ? undefined : never) : never);
};
/** What a handler returns. */
export type Result<R extends Route> = z.input<R['output']>;
/** What a caller reads. */
export type Answer<R extends Route> = z.output<R['output']>;
