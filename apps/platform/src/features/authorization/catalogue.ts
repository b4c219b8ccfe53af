import { permissions, type Permission } from '@latchkey/domain/permission';
import { pageOf } from '../shared/paging.ts';

interface CatalogueQuery {
  readonly pageSize: number;
  readonly pageNumber: number;
  readonly queryType?: 'domain' | 'permission' | undefined;
  readonly query?: string | undefined;
}

/** The permission catalogue: one entity per domain (platform-api 2.8). */
export async function listPermissions({
  query: { pageSize, pageNumber, queryType, query },
}: {
  query: CatalogueQuery;
}) {
  const wanted = query?.toLowerCase() ?? '';
  const all = Object.entries(permissions).map(([permission, label]) => {
    const [domain = '', entityType = '', action = ''] = (permission as Permission).split(':');
    return {
      permission,
      domain,
      entityType,
      action,
      label,
      allowsConditions: false,
      divisionAware: domain !== 'audits',
    };
  });
  const chosen = all.filter(({ domain, permission }) =>
    (queryType === 'domain' ? domain : permission).toLowerCase().includes(wanted),
  );
  const domains = Object.entries(Object.groupBy(chosen, ({ domain }) => domain)).map(([domain, of = []]) => ({
    id: domain,
    name: domain,
    domain,
    permissionMap: Object.fromEntries(
      Object.entries(Object.groupBy(of, ({ entityType }) => entityType)).map(([entity, rows = []]) => [
        entity,
        rows.map(({ permission: _permission, ...row }) => row),
      ]),
    ),
  }));
  return pageOf(domains, { pageSize, pageNumber }, '/api/v2/authorization/permissions', { queryType, query });
}

/** What the organization has bought: this Platform. */
export const listProducts = async () => ({
  total: 1,
  entities: [{ id: 'latchkeyPlatform' }],
  selfUri: '/api/v2/authorization/products',
});
