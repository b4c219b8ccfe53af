import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApi, anApp, aService, dump, stateTables, type CallApi, type TestApi } from '../testing/an-api.ts';

interface Example {
  readonly uri: string;
  readonly grant: 'code' | 'saml2-bearer' | 'client-credentials' | 'implicit';
  readonly verdict: 'accept' | 'reject';
}

const path = '/api/v2/oauth/clients';
const corpus = new URL(
  import.meta.resolve('@latchkey/domain/redirect-uri').replace(/src\/redirect-uri\.ts$/, 'test/redirect-uris.json'),
);
const examples = JSON.parse(await readFile(corpus, 'utf8')) as Example[];

const requests: Record<Example['grant'], (uris: unknown) => object> = {
  code: (uris) => anApp({ registeredRedirectUri: uris }),
  'saml2-bearer': (uris) => anApp({ authorizedGrantType: 'SAML2-BEARER', registeredRedirectUri: uris }),
  'client-credentials': (uris) => aService({ registeredRedirectUri: uris }),
  implicit: (uris) => anApp({ authorizedGrantType: 'TOKEN', registeredRedirectUri: uris }),
};

let api: TestApi;
let admin: CallApi;
beforeAll(async () => {
  api = await anApi();
  admin = api.as(
    await api.machine([
      ['all', '*'],
      ['given', '*'],
    ]),
  );
});
afterAll(() => api[Symbol.asyncDispose]());

describe('redirect URIs', () => {
  it('get the verdicts of the corpus when a client is created and when it is changed (R-01, R-02)', async () => {
    const app = (await admin('POST', path, anApp())).body;
    const wrong: string[] = [];
    for (const { uri, grant, verdict } of examples) {
      const created = await admin('POST', path, requests[grant]([uri]));
      const changed = await admin('PUT', `${path}/${app.id}`, { ...requests[grant]([uri]), name: app.name });
      for (const { status, body } of [created, changed]) {
        const accepted = status === 200 && body.registeredRedirectUri[0] === uri;
        // One of the examples alone is longer than a body can be.
        const rejected = status === 400 || (status === 413 && uri.length > 65_000);
        if (verdict === 'accept' ? !accepted : !rejected)
          wrong.push(`${verdict} ${grant} ${uri.slice(0, 80)}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(examples.length).toBeGreaterThan(100);
  });

  it('are up to 125 (R-04)', async () => {
    const uris = Array.from({ length: 126 }, (_, index) => `https://app.example.com/callback/${index}`);
    expect(
      (await admin('POST', path, anApp({ registeredRedirectUri: uris.slice(0, 125) }))).body.registeredRedirectUri,
    ).toHaveLength(125);
    const { status, body } = await admin('POST', path, anApp({ registeredRedirectUri: uris }));
    expect([status, body.details]).toEqual([
      400,
      [{ errorCode: 'redirect_uri.too_many', fieldName: 'registeredRedirectUri' }],
    ]);
    expect(body.message).toContain('126');
    const twice = [...uris.slice(0, 125), uris[3] as string];
    const doubled = (await admin('POST', path, anApp({ registeredRedirectUri: twice }))).body.details;
    expect(doubled).toContainEqual({ errorCode: 'redirect_uri.duplicate', fieldName: 'registeredRedirectUri.125' });
  });

  it('may be two spellings of one address, but not the same one twice (R-05)', async () => {
    expect(
      (
        await admin(
          'POST',
          path,
          anApp({ registeredRedirectUri: ['https://a.example/cb', 'https://a.example:443/cb'] }),
        )
      ).status,
    ).toBe(200);
    expect(
      (await admin('POST', path, anApp({ registeredRedirectUri: ['https://a.example/cb', 'https://a.example/cb'] })))
        .status,
    ).toBe(400);
  });

  it('cannot all be taken away from a client that needs one (R-06)', async () => {
    const made = (await admin('POST', path, anApp())).body;
    for (const none of [[], null, undefined]) {
      expect((await admin('PUT', `${path}/${made.id}`, { ...made, registeredRedirectUri: none })).status).toBe(400);
    }
  });

  it('are texts (R-07)', async () => {
    for (const wrong of [7, null, {}, [['https://a.example/']], '["https://a.example/"]', 'https://a.example/\ud800']) {
      expect((await admin('POST', path, anApp({ registeredRedirectUri: [wrong] }))).status).toBe(400);
    }
    for (const wrong of [7, {}, 'https://a.example/', true]) {
      expect((await admin('POST', path, anApp({ registeredRedirectUri: wrong }))).status).toBe(400);
    }
  });

  it('are saved all or none, and every bad line is named (R-08)', async () => {
    const uris = Array.from({ length: 125 }, (_, index) =>
      index % 50 === 7 ? 'http://a.example/' : `https://a.example/${index}`,
    );
    const before = await dump(api, stateTables);
    const { status, body } = await admin('POST', path, anApp({ registeredRedirectUri: uris }));
    expect(status).toBe(400);
    expect(body.details.map(({ fieldName }: { fieldName: string }) => fieldName)).toEqual(
      [7, 57, 107].map((line) => `registeredRedirectUri.${line}`),
    );
    expect(await dump(api, stateTables)).toBe(before);
  });
});
