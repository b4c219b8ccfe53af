import { Readable } from 'node:stream';
import type { Request, RequestHandler } from 'express';
import type { Pool } from 'pg';
import { programPaths } from './answers.ts';

/** What may stand in the query of a token request; everything else belongs into the body. */
const inQuery: ReadonlySet<string> = new Set(['grant_type', 'scope']);

/**
 * Refuses credentials, codes and tokens in the query, where logs and histories would keep them (RFC 6749 §2.3.1,
 * security O-05, O-10), and takes `grant_type` from there when the body is empty (platform-api 1.3).
 */
export const programRequests: RequestHandler = (req, res, next) => {
  if (!programPaths.has(req.path) || req.method !== 'POST') {
    next();
    return;
  }
  const query = new URLSearchParams(req.url.split('?')[1] ?? '');
  const names = [...query.keys()];
  if (names.some((name) => req.path !== '/oauth/token' || !inQuery.has(name)) || new Set(names).size !== names.length) {
    const text = 'send the parameters in the body';
    res.status(400).json({ error: 'invalid_request', description: text, error_description: text });
    return;
  }
  next();
};

const isEmpty = (req: Request): boolean =>
  req.headers['transfer-encoding'] === undefined && Number(req.headers['content-length'] ?? 0) === 0;

/** The request with its query as its form body; for a library that reads forms from the stream only. */
export function queryAsForm(req: Request): Request {
  if (req.path !== '/oauth/token' || req.method !== 'POST' || !isEmpty(req) || !req.url.includes('?')) return req;
  const body = Buffer.from(new URLSearchParams(req.url.split('?')[1]).toString());
  const headers = {
    ...req.headers,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
  };
  const stream = Readable.from([body]);
  return Object.create(req, {
    headers: { value: headers },
    readable: { value: true },
    iterator: { value: (options: { destroyOnReturn?: boolean }) => stream.iterator(options) },
  }) as Request;
}

/**
 * A request for authorization without `scope` asks for all scopes of the client: the official SDK never sends any
 * (platform-api 1.2).
 */
export const defaultScope =
  (pool: Pool): RequestHandler =>
  async (req, _res, next) => {
    const url = new URL(req.url, 'http://platform');
    const clientId = url.searchParams.get('client_id');
    if (
      req.method === 'GET' &&
      url.pathname === '/oauth/authorize' &&
      clientId !== null &&
      !url.searchParams.get('scope')
    ) {
      const { rows } = await pool.query<{ scopes: string[] }>({
        name: 'default-scope',
        text: `SELECT CASE WHEN built_in THEN ARRAY(SELECT id FROM scopes ORDER BY id) ELSE scopes END AS scopes
          FROM clients WHERE id = $1`,
        values: [clientId],
      });
      const scopes = rows[0]?.scopes ?? [];
      if (scopes.length > 0 && !url.searchParams.has('scope'))
        req.url += `&scope=${encodeURIComponent(scopes.join(' '))}`;
    }
    next();
  };

/** `/logout?client_id=…&redirect_uri=…`, the wire's form (platform-api 1.2), in OpenID Connect's words. */
export const logoutWords: RequestHandler = (req, _res, next) => {
  if (req.path === '/logout') {
    const [path = '', query = ''] = req.url.split('?');
    const params = new URLSearchParams(query);
    if (params.has('redirect_uri') && !params.has('post_logout_redirect_uri')) {
      const words = [...params].map(([name, value]): [string, string] => [
        name === 'redirect_uri' ? 'post_logout_redirect_uri' : name,
        value,
      ]);
      req.url = `${path}?${new URLSearchParams(words).toString()}`;
    }
  }
  next();
};
