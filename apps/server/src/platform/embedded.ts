import { Fault } from '@latchkey/contract/faults';
import { platformApi } from '@latchkey/contract/platform-api/table';
import type { PersonRef } from '@latchkey/domain/client';
import { cached } from './cached.ts';
import type {
  ClientPage,
  ClientReads,
  ConsolePlatform,
  Me,
  PersonPlatform,
  Platform,
  PlatformClient,
  PlatformRole,
  PlatformSecret,
} from './door.ts';
import { covers, permissionsOf, permissionsOfRole } from './permissions.ts';
import { usualBounds } from './send.ts';
import { toClient, toRequest, toSecret, type People } from './to-client.ts';
import { upstreamOf, type Upstream } from './upstream.ts';

/** What the door of the embedded Platform needs. */
export interface EmbeddedSettings {
  /** Origin of the Platform. */
  readonly baseUrl: URL;
  /** Whether it offers the extensions of the wire (architecture 6). */
  readonly extensions: boolean;
  /** An access token of the console's own client, read only. */
  readonly consoleToken: () => Promise<string>;
}

/** Rows of one page of the client list: an answer stays well below the usual bound. */
const clientsInPage = 2_000;
/** Where the list comes in one answer, it may be large (platform-api 2.1). */
const wholeListBounds = { ...usualBounds, totalMs: 60_000, maxBytes: 512 * 1024 * 1024 };
const pageSize = 500;
const minute = 60_000;

/** The embedded Platform, which speaks the wire of `platform-api.md`, behind the door. */
export function embeddedPlatform({ baseUrl, extensions, consoleToken }: EmbeddedSettings): Platform {
  const everybody = cached(minute, (call: Upstream) => readPeople(call));
  const address = baseUrl.origin;
  return {
    kind: 'embedded',
    capabilities: {
      severalGrantTypes: extensions,
      overlappingSecrets: extensions,
      restore: true,
      usageBySecret: extensions,
      revokeTokens: extensions,
      allowedIpRanges: extensions,
      changeFeed: extensions,
      scopesNarrowRoles: true,
      deleteNeedsEdit: false,
    },
    address,
    tokenUrl: `${address}/oauth/token`,
    asPerson: (token, correlationId) => asPerson(upstreamOf(baseUrl, { token, correlationId }), extensions, everybody),
    asConsole: (correlationId): ConsolePlatform => {
      const call = upstreamOf(baseUrl, { token: consoleToken, correlationId });
      return {
        clients: clientReads(call, extensions, everybody),
        secrets: (clientId) => readSecrets(call, extensions, everybody, clientId),
        ...choiceReads(call),
      };
    },
  };
}

interface KnownPerson extends PersonRef {
  readonly active: boolean;
}
type Everybody = (call: Upstream) => Promise<readonly KnownPerson[]>;

function asPerson(call: Upstream, extensions: boolean, everybody: Everybody): PersonPlatform {
  const people = () => peopleById(call, everybody);
  const one = (wire: Parameters<typeof toClient>[0], known: People): PlatformClient => {
    const client = toClient(wire, known);
    if (client === null) throw new Fault('client.not_found');
    return client;
  };
  const readOne = async (clientId: string) =>
    one(await call(platformApi.clients.read, { params: { clientId } }), await people());
  const choices = choiceReads(call);
  return {
    me: () => readMe(call),
    clients: {
      ...clientReads(call, extensions, everybody),
      async create(settings) {
        const body = toRequest(settings, 'active', { severalGrantTypes: extensions });
        // Names first: nothing may stand between the answer and the seal.
        const known = await people();
        const { secret, ...wire } = await call(platformApi.clients.create, { body });
        return { client: one(wire, known), secret };
      },
      async update(before, { settings = before, state = before.state === 'active' ? 'active' : 'inactive' }) {
        const { allowedIpRanges } = before;
        const body = toRequest(settings, state, { severalGrantTypes: extensions, allowedIpRanges });
        const params = { clientId: before.id };
        const wire = await call(
          platformApi.clients.update,
          { params, body },
          { means: { gone: 'client.restore_window_over' } },
        );
        return one(wire, await people());
      },
      async remove(clientId) {
        await call(platformApi.clients.delete, { params: { clientId } });
        return readOne(clientId).catch((error: unknown) => {
          if (error instanceof Fault && error.code === 'client.not_found') return null;
          // It was asked for and answered; only what became of it is not known.
          throw new Fault('outcome.unknown', {}, { cause: error });
        });
      },
      async newSecret(clientId, { reason, keepPreviousForSeconds, replaces }) {
        const body = { reason, keepPreviousForSeconds, ...(replaces !== undefined && { replaces }) };
        const sent = { params: { clientId }, ...(extensions && { body }) };
        const means = { conflict: 'secret.generated_meanwhile' } as const;
        const known = await people();
        const { secret, ...wire } = await call(
          platformApi.clients.newSecret,
          sent as { params: typeof sent.params; body: typeof body },
          { means },
        );
        return { client: one(wire, known), secret };
      },
      secrets: (clientId) => readSecrets(call, extensions, everybody, clientId),
      async retireSecret(clientId, secretId) {
        const means = { conflict: 'secret.last_one', 'not.found': 'secret.not_found' } as const;
        await call(platformApi.clients.retireSecret, { params: { clientId, secretId } }, { means });
      },
    },
    ...choices,
    async people() {
      const found = await everybody(call);
      return found.filter(({ active }) => active).map(({ active: _active, ...person }) => person);
    },
    async grantors() {
      const found = await choices.roles();
      return found
        .filter(({ permissions }) => permissions?.some((given) => covers(given, 'authorization:grant:add')))
        .map(({ name }) => name);
    },
  };
}

function clientReads(call: Upstream, extensions: boolean, everybody: Everybody): ClientReads {
  const page = async (
    query: { pageSize?: number; pageNumber?: number; modifiedAfter?: string },
    signal?: AbortSignal,
  ): Promise<ClientPage> => {
    const bounds = query.pageSize === undefined ? wholeListBounds : usualBounds;
    const { entities, total, pageCount = 1 } = await call(platformApi.clients.list, { query }, { bounds, signal });
    const people = await peopleById(call, everybody);
    const clients = entities.flatMap((wire) => toClient(wire, people) ?? []);
    return { clients, total: total ?? clients.length, whole: pageCount <= 1 };
  };
  return {
    async *pages(signal) {
      if (!extensions) {
        yield await page({}, signal);
        return;
      }
      for (let pageNumber = 1; ; pageNumber += 1) {
        const found = await page({ pageSize: clientsInPage, pageNumber }, signal);
        yield found;
        if (found.whole || found.clients.length === 0 || pageNumber * clientsInPage >= found.total) return;
      }
    },
    async changedSince(instant) {
      if (!extensions) return null;
      const found = await page({ pageSize: clientsInPage, pageNumber: 1, modifiedAfter: instant });
      return found.whole ? found : null;
    },
    async count() {
      return extensions ? (await page({ pageSize: 1, pageNumber: 1 })).total : null;
    },
    async read(clientId) {
      const client = toClient(
        await call(platformApi.clients.read, { params: { clientId } }),
        await peopleById(call, everybody),
      );
      if (client === null) throw new Fault('client.not_found');
      return client;
    },
  };
}

const choiceReads = (call: Upstream): Pick<PersonPlatform, 'roles' | 'divisions' | 'scopes'> => ({
  roles: () => readRoles(call),
  async divisions() {
    const found = await allPages((pageNumber) =>
      call(platformApi.authorization.listDivisions, { query: { pageSize, pageNumber } }),
    );
    return found.map(({ id, name, homeDivision = false }) => ({ id, name, home: homeDivision }));
  },
  async scopes() {
    const { entities } = await call(platformApi.scopes.list, {});
    return entities.map(({ id, description = '' }) => ({ id, description }));
  },
});

async function readMe(call: Upstream): Promise<Me> {
  const [me, subject] = await Promise.all([
    call(platformApi.users.me, { query: { expand: ['authorization', 'organization'] } }),
    call(platformApi.authorization.mySubject, { query: {} }),
  ]);
  const organization = me.organization ?? (await call(platformApi.organization.me, {}));
  return {
    id: me.id,
    name: me.name,
    email: me.email ?? me.username ?? '',
    permissions: permissionsOf(me.authorization ?? {}),
    roles: subject.grants.flatMap(({ role, division }) => {
      if (role === undefined || division === undefined) return [];
      return { roleId: role.id, roleName: role.name ?? role.id, divisionId: division.id, divisionName: division.name };
    }),
    organization: { id: organization.id, name: organization.name, hipaa: organization.features?.['hipaa'] ?? false },
  };
}

/** All roles; where they may not be read, the person's own from their grants. */
async function readRoles(call: Upstream): Promise<PlatformRole[]> {
  try {
    const found = await allPages((pageNumber) =>
      call(platformApi.authorization.listRoles, { query: { pageSize, pageNumber, userCount: 'false' } }),
    );
    return found.map((role) => ({
      id: role.id,
      name: role.name,
      description: role.description ?? '',
      defaultRoleId: role.defaultRoleId ?? null,
      permissions: permissionsOfRole(role),
    }));
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'permission.missing') throw error;
  }
  const { grants } = await call(platformApi.authorization.mySubject, { query: {} });
  const own = new Map(grants.flatMap(({ role }) => (role === undefined ? [] : [[role.id, role] as const])));
  return [...own.values()].map(({ id, name = id, description = '' }) => ({
    id,
    name,
    description,
    defaultRoleId: null,
    permissions: null,
  }));
}

async function readSecrets(
  call: Upstream,
  extensions: boolean,
  everybody: Everybody,
  clientId: string,
): Promise<PlatformSecret[] | null> {
  if (!extensions) return null;
  const { entities } = await call(platformApi.clients.listSecrets, { params: { clientId } });
  const people = await peopleById(call, everybody);
  return entities.map((wire) => toSecret(wire, people));
}

async function readPeople(call: Upstream): Promise<KnownPerson[]> {
  const found = await allPages((pageNumber) =>
    call(platformApi.users.list, { query: { pageSize, pageNumber, state: 'any' } }),
  );
  return found.map(({ id, name, email, state }) => ({
    id,
    name,
    ...(email !== undefined && { email }),
    active: (state ?? 'active') === 'active',
  }));
}

/** Names are a convenience: without them a client is shown with ids, and not refused. */
async function peopleById(call: Upstream, everybody: Everybody): Promise<People> {
  const found = await everybody(call).catch((): readonly KnownPerson[] => []);
  return new Map(found.map(({ active: _active, ...person }) => [person.id, person]));
}

/** Pages of a classic listing until there is no next one, at most a hundred. */
async function allPages<E>(
  read: (
    pageNumber: number,
  ) => Promise<{ entities: E[]; pageCount?: number | undefined; nextUri?: string | undefined }>,
): Promise<E[]> {
  const found: E[] = [];
  for (let pageNumber = 1; pageNumber <= 100; pageNumber += 1) {
    const { entities, pageCount, nextUri } = await read(pageNumber);
    found.push(...entities);
    if (entities.length === 0 || (nextUri === undefined && pageNumber >= (pageCount ?? 1))) break;
  }
  return found;
}
