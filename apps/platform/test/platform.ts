import { randomBytes, randomUUID } from 'node:crypto';
import { aDatabase } from '@latchkey/database/testing';
import { composeSecret } from '@latchkey/domain/secret';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { RequestHandler } from 'express';
import type { Config } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { hashPassword } from '../src/sign-in/password-hash.ts';
import { migrations, startPlatform } from '../src/start.ts';
import type { RunningPlatform, StartParts } from '../src/start.ts';
import {
  clients,
  clientSecrets,
  divisions,
  organization,
  roles,
  scopes,
  userGrants,
  users,
} from '../src/storage/schema.ts';

/** The one password of the people in tests; made anew for each run. */
export const password = randomBytes(12).toString('base64url');
const passwordHash = await hashPassword(password);

/** A Platform on a database of its own, with an organization of a few people. */
export interface TestPlatform extends RunningPlatform, AsyncDisposable {
  readonly config: Config;
  /** Everything that was logged. */
  readonly logged: () => string;
  /** Another replica on the same database. */
  readonly replica: (parts?: Partial<StartParts>) => Promise<RunningPlatform>;
}

/** Answers who calls; stands where the Platform API stands in the product. */
const whoAmI: StartParts['api'] = ({ callerOf }) => {
  const answer: RequestHandler = async (req, res, next) => {
    if (req.path !== '/api/v2/who') return next();
    const caller = await callerOf(/^bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1]);
    if ('refused' in caller) return void res.status(401).json(caller);
    return void res.json({ ...caller, permissions: [...caller.permissions] });
  };
  return answer;
};

export async function aPlatform(
  settings: Partial<Config> = {},
  parts: Partial<StartParts> = {},
): Promise<TestPlatform> {
  const database =
    settings.databaseUrl === undefined
      ? await aDatabase({ migrations })
      : { url: settings.databaseUrl, drop: async () => undefined };
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    databaseUrl: database.url,
    secret: randomBytes(32).toString('base64'),
    console: null,
    organizationFile: null,
    extensions: true,
    logLevel: 'info',
    trustedProxies: 0,
    tokensPerMinute: 300,
    databaseConnections: 10,
    ...settings,
  };
  let text = '';
  const log = createLog('info', new Writable({ write: (chunk, _encoding, done) => ((text += String(chunk)), done()) }));
  const running = await startPlatform(config, { log, api: whoAmI, prepare: ({ db }) => seed(db), ...parts });
  const replicas: RunningPlatform[] = [];
  return {
    ...running,
    config,
    logged: () => text,
    async replica(more = {}) {
      const one = await startPlatform(
        { ...config, publicUrl: running.url },
        { log: pino({ level: 'silent' }), api: whoAmI, ...more },
      );
      replicas.push(one);
      return one;
    },
    async [Symbol.asyncDispose]() {
      for (const one of replicas) await one.stop();
      await running.stop();
      await database.drop();
    },
  };
}

type Db = RunningPlatform['platform']['db'];

async function seed(db: Db): Promise<void> {
  await db.insert(organization).values({ id: 'org-1', name: 'Acme' });
  await db.insert(divisions).values({ id: 'home', name: 'Home', home: true });
  await db.insert(roles).values([
    {
      id: 'admin',
      name: 'Administrator',
      permissionPolicies: [{ domain: 'oauth', entityName: 'client', actionSet: ['*'] }],
    },
    {
      id: 'viewer',
      name: 'Viewer',
      permissionPolicies: [{ domain: 'oauth', entityName: 'client', actionSet: ['view'] }],
    },
  ]);
  await db.insert(users).values([
    { id: 'ada', name: 'Ada <b>Admin</b>', email: 'Ada@example.com', divisionId: 'home', passwordHash },
    { id: 'vic', name: 'Vic Viewer', email: 'vic@example.com', divisionId: 'home', passwordHash },
    { id: 'ina', name: 'Ina Inactive', email: 'ina@example.com', divisionId: 'home', passwordHash, state: 'inactive' },
  ]);
  await db.insert(userGrants).values([
    { userId: 'ada', roleId: 'admin', divisionId: '*' },
    { userId: 'vic', roleId: 'viewer', divisionId: 'home' },
  ]);
  await db.insert(scopes).values([
    { id: 'oauth', description: 'Manage OAuth clients' },
    { id: 'oauth:readonly', description: 'See OAuth clients' },
    { id: 'users:readonly', description: 'See people' },
  ]);
}

/** A client as a test wants it. */
export type ClientFacts = Partial<typeof clients.$inferInsert> & { secret?: string };

/** Registers a client with one secret straight in the database, as the API would. */
export async function aClient({ platform }: RunningPlatform, { secret, ...facts }: ClientFacts = {}) {
  const id = facts.id ?? randomUUID();
  const value = secret ?? composeSecret(randomBytes(33));
  const redirectUri = 'https://app.example.com/callback';
  await platform.db.insert(clients).values({
    id,
    name: 'Sample application',
    grantTypes: ['CODE'],
    redirectUris: [redirectUri],
    scopes: ['oauth', 'users:readonly'],
    accessTokenValiditySeconds: 3_600,
    ...facts,
  });
  const secretId = await aSecret({ platform }, id, value);
  return { id, secret: value, secretId, redirectUri: facts.redirectUris?.[0] ?? redirectUri };
}

/** One more secret of a client. */
export async function aSecret(
  { platform }: Pick<RunningPlatform, 'platform'>,
  clientId: string,
  value: string,
  dateEnds?: Date,
): Promise<string> {
  const id = randomUUID();
  await platform.db.insert(clientSecrets).values({
    id,
    clientId,
    hash: platform.secrets.hash(clientId, value),
    hint: value.slice(-4),
    dateEnds: dateEnds ?? null,
  });
  return id;
}

/** A machine client with a role. */
export const aMachine = (running: RunningPlatform, facts: ClientFacts = {}) =>
  aClient(running, {
    grantTypes: ['CLIENT-CREDENTIALS'],
    redirectUris: [],
    scopes: [],
    roleDivisions: [{ roleId: 'viewer', divisionId: 'home' }],
    ...facts,
  });
