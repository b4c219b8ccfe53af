import type { PlatformApi } from '@latchkey/contract/platform-api/table';
import type { Handlers } from '@latchkey/wire/mount';
import type { Platform } from '../../context/platform.ts';
import type { Call } from '../shared/call.ts';
import { found, knownId } from '../shared/known-id.ts';
import { limitsOf } from '../shared/limits.ts';
import { showOrganization } from '../shared/organization-view.ts';

/** `/api/v2/organizations/…`: the organization of the token, and its limits. */
export const organization = ({ db }: Platform): Handlers<PlatformApi, Call>['organization'] => ({
  me: () => showOrganization(db),
  limits: async ({ params }) => {
    const namespace = knownId(params.namespace);
    const entities = found(await limitsOf(db, namespace));
    return { entities, selfUri: `/api/v2/organizations/limits/namespaces/${namespace}` };
  },
});
