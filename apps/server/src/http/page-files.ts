import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Router, type Request, type Response } from 'express';
import { nameRequest } from './request-log.ts';
import { nonceOf } from './security-headers.ts';

/** Stands in the built page wherever the nonce of the answer belongs. */
export const noncePlaceholder = '__CSP_NONCE__';

/** One file of the built page, in every form in which it is sent. */
interface PageFile {
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  readonly body: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json; charset=utf-8',
  webp: 'image/webp',
  woff2: 'font/woff2',
};
const compressible = /^(text\/|image\/svg|application\/(json|manifest|wasm))/;

/** Addresses that are pages: plain segments, and none of the server's own. */
const pageAddress = /^\/(?!(?:api|assets|sign-in|livez|readyz)(?:\/|$))(?:[\w~@:-]+(?:\/[\w~@:-]+)*\/?)?$/i;

/**
 * Pages that the console has, whoever asks. What else could be a page gets the page only where a browser goes there by
 * itself, so that a script that looks for hidden doors finds none (security H-08).
 */
const knownPage = /^\/(?:signed-out|audit|sessions|api-document|clients(?:\/.+)?)?\/?$/;

/** Whether the caller takes HTML, and for an address that may be a slip of the pen: whether it says so. */
function takesPage(req: Request): boolean {
  if (!pageAddress.test(req.path)) return false;
  if (req.method !== 'GET' && req.method !== 'HEAD' && knownPage.test(req.path)) return true;
  return (
    req.accepts('html') === 'html' && (knownPage.test(req.path) || /\btext\/html\b/i.test(req.get('accept') ?? ''))
  );
}

const robots = 'User-agent: *\nDisallow: /\n';

/**
 * The built page. Every file is known by name beforehand, so no address can lead anywhere else (security H-07, H-08):
 * hashed files never change, the page itself is never stored, anything unknown is not found.
 *
 * @param folder the output of the build; null or missing when there is none
 */
export async function pageFiles(folder: string | null): Promise<Router> {
  const files = folder === null ? new Map<string, PageFile>() : await readAll(folder);
  const index = files.get('/index.html')?.body.toString('utf8') ?? null;
  files.delete('/index.html');
  if (!files.has('/robots.txt')) files.set('/robots.txt', fileOf('/robots.txt', Buffer.from(robots)));
  void compressAll([...files.values()]);

  const router = Router({ caseSensitive: true, strict: true });
  router.use((req, res, next) => {
    const file = files.get(req.path);
    if (file === undefined && !takesPage(req)) return next();
    nameRequest(res, 'page');
    if (req.method !== 'GET' && req.method !== 'HEAD')
      return void res.status(405).set('allow', 'GET, HEAD').type('text').send('Pages are only read.\n');
    if (file) return sendFile(req, res, file);
    if (index === null)
      return void res
        .status(503)
        .set('cache-control', 'no-store')
        .type('text')
        .send('The page has not been built. Run the build and start again.\n');
    res
      .set('cache-control', 'no-store')
      .type('html')
      .send(index.replaceAll(noncePlaceholder, nonceOf(res)));
  });
  return router;
}

function sendFile(req: Request, res: Response, file: PageFile): void {
  res.set({
    'content-type': file.type,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
  });
  if (req.headers['if-none-match'] === file.etag) return void res.status(304).end();
  const accepted = req.acceptsEncodings(['br', 'gzip']);
  const body =
    (accepted === 'br' && file.br) || (accepted !== false && req.acceptsEncodings('gzip') && file.gzip) || file.body;
  if (body === file.br) res.set('content-encoding', 'br');
  else if (body === file.gzip) res.set('content-encoding', 'gzip');
  res.set('content-length', String(body.length)).end(req.method === 'HEAD' ? undefined : body);
}

async function readAll(folder: string): Promise<Map<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const addressOf = (name: string) => `/${relative(folder, name).split(sep).join('/')}`;
  const files = new Map<string, PageFile>();
  // Maps of the source, hidden files and unknown kinds stay out.
  const shown = names.filter((name) => !/(^|\/)\./.test(addressOf(name)) && types[extension(name)] !== undefined);
  await Promise.all(
    shown.map(async (name) => files.set(addressOf(name), fileOf(addressOf(name), await readFile(name)))),
  );
  await Promise.all(
    names.map(async (name) => {
      const kind = name.endsWith('.br') ? 'br' : name.endsWith('.gz') ? 'gzip' : null;
      const of = kind && files.get(addressOf(name).replace(/\.(br|gz)$/, ''));
      if (of) of[kind] = await readFile(name);
    }),
  );
  return files;
}

const extension = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

const fileOf = (address: string, body: Buffer): PageFile => ({
  type: types[extension(address)] ?? 'application/octet-stream',
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  immutable: /^\/assets\/.*[-.][\w-]{8,}\.\w+$/.test(address),
  body,
});

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Files that the build did not compress are compressed once, in the background, one after the other. */
async function compressAll(files: PageFile[]): Promise<void> {
  for (const file of files) {
    if (!compressible.test(file.type) || file.body.length < 1_024) continue;
    file.br ??= await brotli(file.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    file.gzip ??= await gzipped(file.body);
  }
}
