import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { needsScopes, takesRoles } from '@latchkey/domain/grant-type';
import { detailTabs, type DetailTab } from './detail-search.ts';

/** The tabs that this client has: Roles with Client Credentials only, Scopes and redirects with the others (product 6.1). */
export const tabsOf = ({ grantTypes }: Pick<ClientDetail, 'grantTypes'>): DetailTab[] =>
  detailTabs.filter((tab) => {
    if (tab === 'roles') return grantTypes.some(takesRoles);
    return tab !== 'scopes' || grantTypes.some(needsScopes);
  });
