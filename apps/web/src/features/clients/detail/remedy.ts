import type { FindingId } from '@latchkey/domain/findings';
import type { ClientAct } from './detail-search.ts';

/** Where the way to mend a finding leads: an act, and for an edit the field. */
export interface Remedy {
  readonly act: ClientAct;
  readonly field?: string;
}

const remedies: Record<FindingId, Remedy> = {
  no_owner: { act: 'edit', field: 'owner' },
  no_purpose: { act: 'edit', field: 'purpose' },
  all_divisions: { act: 'edit', field: 'roleDivisions' },
  broad_role: { act: 'edit', field: 'roleDivisions' },
  many_scopes: { act: 'edit', field: 'scopes' },
  write_scopes: { act: 'edit', field: 'scopes' },
  long_token: { act: 'edit', field: 'accessTokenValiditySeconds' },
  loopback_in_production: { act: 'edit', field: 'redirectUris' },
  deprecated_grant: { act: 'edit', field: 'grantTypes' },
  old_secret: { act: 'generate-secret' },
  unused: { act: 'deactivate' },
};

/** Whether the page has words and a remedy for a finding; a newer server may know more. */
export const isKnownFinding = (id: string): id is FindingId => Object.hasOwn(remedies, id);

/** The way to mend a finding. */
export const remedyOf = (id: FindingId): Remedy => remedies[id];
