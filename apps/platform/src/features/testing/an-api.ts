import { clientPermissions, type Permission } from '@latchkey/domain/permission';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aClient, aPlatform, password, type TestPlatform } from '../../../test/platform.ts';
import { aCode, machineToken, redeem } from '../../../test/sign-in.ts';
import { platformApiRouter, type ApiOptions } from '../api.ts';
import { loadOrganizationIfEmpty } from '../../organization-file/load.ts';
import type { OrganizationFile } from '../../organization-file/organization-schema.ts';
import type { Config } from '../../config.ts';

/** The sixteen sets of the four client permissions; `c0` has none, `c15` all. */
export const subsets: readonly { readonly roleId: string; readonly permissions: readonly Permission[] }[] = Array.from(
  { length: 16 },
  (_, bits) => ({
    roleId: `c${bits}`,
    permissions: clientPermissions.filter((_permission, index) => (bits >> index) & 1),
  }),
);

/** Roles: `c0` to `c15`; `all` with every permission; `given` and `other` to give; `scim`; `empty`. */
export const organizationOfTests: OrganizationFile = {
  organization: {
    id: 'org',
    name: 'Acme',
    thirdPartyOrgName: 'acme',
    domain: 'acme.example',
    features: { hipaa: false },
  },
  divisions: [
    { id: 'home', name: 'Home', homeDivision: true },
    { id: 'north', name: 'North' },
    { id: 'south', name: 'South' },
  ],
  roles: [
    ...subsets.map(({ roleId, permissions }) => ({
      id: roleId,
      name: `Role ${roleId}`,
      permissions: [...permissions],
    })),
    { id: 'all', name: 'Admin', permissionPolicies: [{ domain: '*', entityName: '*', actionSet: ['*'] }] },
    { id: 'given', name: 'Given Role', permissions: ['integrations:integration:view'] },
    { id: 'other', name: 'Other Role', permissions: ['audits:audit:view'] },
    { id: 'scim', name: 'Provisioning', defaultRoleId: 'scimIntegration' },
    { id: 'empty', name: 'SCIM by name only' },
  ],
  users: [
    {
      id: 'ada',
      name: 'Ada Admin',
      email: 'ada@example.com',
      password,
      division: { id: 'home' },
      grants: ['all', 'given', 'scim', 'empty'].map((roleId) => ({ roleId, divisionId: '*' })),
    },
    {
      id: 'vic',
      name: 'Vic Viewer',
      email: 'vic@example.com',
      password,
      grants: [{ roleId: 'c1', divisionId: 'home' }],
    },
    {
      id: 'ned',
      name: 'Ned North',
      email: 'ned@example.com',
      password,
      division: { id: 'north' },
      grants: [
        { roleId: 'all', divisionId: 'home' },
        { roleId: 'given', divisionId: 'north' },
      ],
    },
    { id: 'ina', name: 'Ina Inactive', email: 'ina@example.com', state: 'inactive', password },
  ],
  scopes: ['oauth', 'oauth:readonly', 'authorization', 'authorization:readonly', 'users', 'users:readonly'].map(
    (id) => ({ id, description: `About ${id}` }),
  ),
};

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly body: any;
  readonly text: string;
}

/** A caller: one function for every request. */
export type CallApi = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** A Platform with its real API and the organization above. */
export interface TestApi extends TestPlatform {
  /** Requests with this token; without one, requests of nobody. */
  readonly as: (token?: string) => CallApi;
  /** A token of a client of its own, with these roles. */
  readonly machine: (
    grants: readonly (readonly [roleId: string, divisionId: string])[],
    scopes?: string[],
  ) => Promise<string>;
  /** A token of a person who signed in through a client with these scopes. */
  readonly person: (email: string, scopes: string[]) => Promise<string>;
  /** Moves the clock by which clients are judged, in seconds from the real time. */
  readonly shift: (seconds: number) => void;
  /** Pins that clock to an instant; null sets it free. */
  readonly pin: (instant: Date | null) => void;
}

export async function anApi(
  settings: Partial<Config> = {},
  { organization = organizationOfTests, ...options }: ApiOptions & { organization?: OrganizationFile } = {},
): Promise<TestApi> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-organization-'));
  const file = join(folder, 'organization.json');
  await writeFile(file, JSON.stringify(organization));
  let seconds = 0;
  let pinned: Date | null = null;
  const now: ApiOptions['now'] = async () => pinned ?? new Date(Date.now() + seconds * 1000);
  const running = await aPlatform(
    { tokensPerMinute: 100_000, ...settings },
    {
      api: (platform) => platformApiRouter(platform, { now, ...options }),
      prepare: async ({ db, secrets }) => void (await loadOrganizationIfEmpty({ db, secrets, file })),
    },
  );
  await rm(folder, { recursive: true });
  const tokenOf = async (client: Awaited<ReturnType<typeof aClient>>): Promise<string> => {
    const { status, body } = await machineToken(running.url, client);
    if (status !== 200) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
    return body.access_token;
  };
  return {
    ...running,
    as: (token) => callerAt(running.url, token),
    machine: async (grants, scopes = []) =>
      tokenOf(
        await aClient(running, {
          name: 'Caller',
          grantTypes: ['CLIENT-CREDENTIALS'],
          redirectUris: [],
          scopes,
          roleDivisions: grants.map(([roleId, divisionId]) => ({ roleId, divisionId })),
        }),
      ),
    person: async (email, scopes) => {
      const client = await aClient(running, { name: 'Application', scopes });
      const code = await aCode(running.url, client, { email, params: { scope: scopes.join(' ') || null } });
      return (await redeem(running.url, client, code)).body.access_token;
    },
    shift: (by) => void (seconds = by),
    pin: (instant) => void (pinned = instant),
  };
}

/** Requests at an address with a token. */
export const callerAt =
  (url: string, token?: string): CallApi =>
  async (method, path, body, headers = {}) => {
    const answer = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
    return {
      status: answer.status,
      headers: answer.headers,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
      text,
    };
  };

/** Everything that the database holds, as one text, but for the last uses, which are written a little later by themselves. */
export async function dump({ platform: { db } }: TestPlatform, tables?: readonly string[]): Promise<string> {
  const names =
    tables ??
    (
      await db.execute<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
      )
    ).rows.map(({ name }) => name);
  const texts: string[] = [];
  for (const name of names) {
    const { rows } = await db.execute<{ row: string }>(
      `SELECT (to_jsonb(t) - 'date_last_used')::text AS row FROM ${name} t ORDER BY 1`,
    );
    texts.push(`${name}\n${rows.map(({ row }) => row).join('\n')}`);
  }
  return texts.join('\n');
}

/** The tables in which a refused request must leave no trace. */
export const stateTables = [
  'clients',
  'client_secrets',
  'user_grants',
  'users',
  'roles',
  'tombstones',
  'organization',
  'scopes',
  'divisions',
];

/** A request that is accepted, to be changed by a test. */
export const aService = (change: Record<string, unknown> = {}) => ({
  name: 'Order Sync',
  description: 'Keeps orders in step',
  authorizedGrantType: 'CLIENT-CREDENTIALS',
  accessTokenValiditySeconds: 3_600,
  roleDivisions: [{ roleId: 'given', divisionId: 'home' }],
  ...change,
});
export const anApp = (change: Record<string, unknown> = {}) => ({
  name: 'Agent Desktop',
  authorizedGrantType: 'CODE',
  accessTokenValiditySeconds: 3_600,
  registeredRedirectUri: ['https://app.example.com/callback'],
  scope: ['users:readonly'],
  ...change,
});
