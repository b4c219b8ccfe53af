import type { Store } from '../../context/platform.ts';
import { organization } from '../../storage/schema.ts';
import { found } from './known-id.ts';

/** The organization on the wire (platform-api 2.11); a database holds one. */
export async function showOrganization(db: Store) {
  const row = found((await db.select().from(organization).limit(1))[0]);
  return {
    id: row.id,
    name: row.name,
    ...(row.defaultLanguage !== null && { defaultLanguage: row.defaultLanguage }),
    ...(row.defaultCountryCode !== null && { defaultCountryCode: row.defaultCountryCode }),
    ...(row.thirdPartyOrgName !== null && { thirdPartyOrgName: row.thirdPartyOrgName }),
    ...(row.domain !== null && { domain: row.domain }),
    features: { hipaa: false, pci: false, ...row.features },
    version: row.version,
    state: 'active',
    selfUri: '/api/v2/organizations/me',
  };
}
