import { OAuthClientRequest } from '@latchkey/contract/platform-api/models';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApi, anApp, aService, type CallApi, type TestApi } from '../testing/an-api.ts';

const path = '/api/v2/oauth/clients';
let api: TestApi;
let admin: CallApi;
let target: string;
beforeAll(async () => {
  api = await anApi();
  admin = api.as(
    await api.machine([
      ['all', '*'],
      ['given', '*'],
    ]),
  );
  target = `${path}/${(await admin('POST', path, anApp())).body.id}`;
});
afterAll(() => api[Symbol.asyncDispose]());

/** Anything, or something near to what is right. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'given',
    'home',
    '*',
    'users',
    'active',
    'inactive',
    'CODE',
    'TOKEN',
    'CLIENT-CREDENTIALS',
    'https://a.example/',
    '\u0000',
    '\ud800',
    '__proto__',
  ),
);
const oddly = (usual: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) });
const texts = fc.array(text, { maxLength: 8 });
const roles = fc.array(fc.record({ roleId: text, divisionId: text }), { maxLength: 4 });
const usual: Record<keyof OAuthClientRequest, fc.Arbitrary<unknown>> = {
  name: text,
  authorizedGrantType: fc.constantFrom('CODE', 'CLIENT-CREDENTIALS', 'SAML2-BEARER', 'TOKEN', 'x'),
  authorizedGrantTypes: fc.array(fc.constantFrom('CODE', 'CLIENT-CREDENTIALS', 'SAML2-BEARER', 'TOKEN', 'x'), {
    maxLength: 3,
  }),
  accessTokenValiditySeconds: fc.oneof(fc.integer(), fc.double()),
  description: text,
  registeredRedirectUri: texts,
  roleIds: texts,
  scope: texts,
  roleDivisions: roles,
  state: text,
  dateToDelete: text,
  allowedIpRanges: texts,
};
const request = fc
  .record(Object.fromEntries(Object.entries(usual).map(([name, arbitrary]) => [name, oddly(arbitrary)])), {
    requiredKeys: [],
  })
  .chain((odd) => fc.constantFrom(odd, { ...anApp(), ...odd }, { ...aService(), ...odd }));

const documented = new Set([200, 400, 403, 409]);

describe('whatever is sent', () => {
  it('is answered by a documented status, and what is accepted is what was sent (I-01)', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (body) => {
        const { status, body: answer } = await admin('POST', path, JSON.stringify(body));
        expect(documented).toContain(status);
        if (status !== 200) return;
        expect(OAuthClientRequest.safeParse(body).success).toBe(true);
        expect(answer.name).toBe((body as { name: unknown }).name);
      }),
      { numRuns: 400 },
    );
  });

  it('in place of a client is answered by a documented status and leaves it readable', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (body) => {
        expect(documented).toContain((await admin('PUT', target, JSON.stringify(body))).status);
        expect((await admin('GET', target)).status).toBe(200);
      }),
      { numRuns: 200 },
    );
  });

  it('as bytes is never an error of ours', async () => {
    const valid = Buffer.from(JSON.stringify(aService()));
    await fc.assert(
      fc.asyncProperty(fc.nat(valid.length - 1), fc.uint8Array({ minLength: 1, maxLength: 6 }), async (at, bytes) => {
        const mutated = Buffer.concat([valid.subarray(0, at), bytes, valid.subarray(at + bytes.length)]);
        expect((await admin('POST', path, mutated)).status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });

  it('to the other rows with a body is never an error of ours', async () => {
    const grants = fc.record({ grants: oddly(roles) });
    const secret = fc.record(
      {
        keepPreviousForSeconds: oddly(fc.integer()),
        reason: oddly(fc.constantFrom('lost', 'exposed')),
        replaces: oddly(text),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        grants,
        secret,
        fc.oneof(texts, fc.jsonValue()),
        fc.constantFrom('bulkadd', 'bulkremove', 'bulkreplace'),
        async (given, asked, ids, how) => {
          for (const subjectType of ['PC_USER', 'PC_OAUTH_CLIENT']) {
            const subject = subjectType === 'PC_USER' ? 'vic' : target.split('/').at(-1);
            const at = `/api/v2/authorization/subjects/${subject}/${how}?subjectType=${subjectType}`;
            expect((await admin('POST', at, JSON.stringify(given))).status).toBeLessThan(500);
          }
          expect((await admin('POST', `${target}/secret`, JSON.stringify(asked))).status).toBeLessThan(500);
          expect((await admin('PUT', '/api/v2/users/vic/roles', JSON.stringify(ids))).status).toBeLessThan(500);
        },
      ),
      { numRuns: 120 },
    );
  });
});
