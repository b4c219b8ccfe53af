import { ClientDetail } from '@latchkey/contract/console-api/models';
import { deletionMeaning, removalDate, restorableFrom } from '@latchkey/domain/deletion';

/** A client as the server answers it at an instant, with what deleting means then. */
export function aClientDetail(
  changes: Partial<ClientDetail> = {},
  now = new Date('2026-11-21T12:00:00.000Z'),
): ClientDetail {
  const dateCreated = changes.dateCreated ?? '2026-01-05T08:00:00.000Z';
  const meaning = deletionMeaning({ dateCreated }, now);
  return ClientDetail.parse({
    id: '6f1c1f0e-6f0b-4e6a-9d52-0c1f7a9b2d11',
    name: 'Order sync',
    description: 'Copies orders every hour',
    grantTypes: ['CLIENT-CREDENTIALS'],
    roleDivisions: [{ roleId: 'reporting', divisionId: 'home' }],
    roles: [{ roleId: 'reporting', roleName: 'Reporting Reader', divisionId: 'home', divisionName: 'Home' }],
    scopes: [],
    redirectUris: [],
    accessTokenValiditySeconds: 3_600,
    state: 'active',
    dateToDelete: null,
    createdBy: { id: 'ada', name: 'Ada Lindqvist' },
    dateModified: null,
    modifiedBy: null,
    dateLastUsed: null,
    owner: null,
    purpose: '',
    environment: null,
    secretCreatedAt: null,
    nextRotationAt: null,
    findings: [],
    refusals: { reactivate: { code: 'client.already_active' }, restore: { code: 'client.not_pending_removal' } },
    version: 'one',
    deletion: {
      meaning,
      restorableFrom: meaning === 'final' ? restorableFrom({ dateCreated }) : null,
      removedAt: meaning === 'restorable' ? removalDate(now) : null,
    },
    unacknowledgedSecret: null,
    namesakes: 0,
    ...changes,
    dateCreated,
  });
}
