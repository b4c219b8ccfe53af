import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import { platformApi, type PlatformApi } from '@latchkey/contract/platform-api/table';
import { mount, type Doors, type Handlers, type Misfit } from '@latchkey/wire/mount';
import { Router } from 'express';
import type { Platform } from '../context/platform.ts';
import { gate } from '../gate.ts';
import { authorization } from './authorization/authorization.ts';
import type { Call } from './shared/call.ts';
import { changeRolesOfClient } from './clients/change-roles.ts';
import { clients } from './clients/clients.ts';
import { wholeList } from './clients/whole-list.ts';
import { databaseNow, type Now } from './shared/now.ts';
import { organization } from './organization/organization.ts';
import type { rateLimit } from './shared/rate-limit.ts';
import { scopes } from './scopes/scopes.ts';
import { users } from './users/users.ts';

/** What tests set otherwise. */
export interface ApiOptions {
  /** Which time decides; the database's unless told. */
  readonly now?: Now;
  /** Calls a minute. */
  readonly limits?: Parameters<typeof rateLimit>[0];
}

/** The rows that only exist with extensions (architecture 6, `PLATFORM_EXTENSIONS`). */
const extensionRows = [
  platformApi.clients.listSecrets,
  platformApi.clients.retireSecret,
  platformApi.clients.revokeTokens,
];

/** The Platform API: every row of the table behind one gate. Mount it at the root; the rows hold whole paths. */
export function platformApiRouter(platform: Platform, { now = databaseNow, limits }: ApiOptions = {}): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const open = gate(platform, limits);
  const handlers: Handlers<PlatformApi, Call> = {
    clients: clients(platform, now),
    scopes: scopes(platform),
    users: users(platform, now),
    authorization: authorization(platform, now, changeRolesOfClient(platform, now)),
    organization: organization(platform),
  };
  const doors: Doors<Call> = { gate: open, misfit, wrongMethod: () => new PlatformFault('method.not.allowed') };
  if (!platform.extensions) for (const { path } of extensionRows) router.all(path, gone);
  router.get(platformApi.clients.list.path, wholeList(platform, open, now));
  mount(router, platformApi, handlers, doors);
  return router;
}

const gone = () => {
  throw new PlatformFault('not.found');
};

/** Input that does not fit its schema; all of it at once, and never with what was sent (security K-20). */
export function misfit(misfits: readonly Misfit[]): PlatformFault {
  const inBody = misfits.some(({ part }) => part === 'body');
  const found = misfits.flatMap(({ part, issues }) => issues.map((issue) => ({ part, field: issue.path.join('.') })));
  const details = found.slice(0, 200).map(({ part, field }) => ({
    errorCode: part === 'body' ? 'invalid.value' : 'invalid.query.param.value',
    fieldName: field,
  }));
  const names = [...new Set(details.map(({ fieldName }) => fieldName).filter(Boolean))].slice(0, 20).join(', ');
  if (inBody && names === '')
    return new PlatformFault('bad.request', { message: 'The request body is missing or of the wrong type.' });
  return new PlatformFault(inBody ? 'constraint.validation' : 'invalid.query.param.value', {
    message: inBody
      ? `These members have a value of the wrong type: [${names}]`
      : `These parameters have a value that is not allowed: [${names}]`,
    details,
  });
}
