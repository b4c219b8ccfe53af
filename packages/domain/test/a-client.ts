import type { Client, ClientKeeping, ClientSettings } from '../src/client.ts';
import type { Choices } from '../src/client-settings.ts';
import type { Holder } from '../src/holder.ts';
import { allPermissions } from '../src/permission.ts';
import { scimDefaultRoleId } from '../src/token-duration.ts';

/** Settings of a web application that break no rule. */
export const webSettings = (changes: Partial<ClientSettings> = {}): ClientSettings => ({
  name: 'Workforce dashboard',
  description: 'Shows the queues',
  grantTypes: ['CODE'],
  roleDivisions: [],
  scopes: ['analytics:readonly'],
  redirectUris: ['https://app.example.com/callback'],
  accessTokenValiditySeconds: 3_600,
  ...changes,
});

/** Settings of a service that break no rule. */
export const serviceSettings = (changes: Partial<ClientSettings> = {}): ClientSettings => ({
  ...webSettings({ name: 'Nightly export', scopes: [], redirectUris: [] }),
  grantTypes: ['CLIENT-CREDENTIALS'],
  roleDivisions: [{ roleId: 'reporter', divisionId: 'home' }],
  ...changes,
});

/** A client that exists. */
export const aClient = (changes: Partial<Client & ClientKeeping> = {}): Client & ClientKeeping => ({
  ...serviceSettings(),
  id: '0b9c3a52-6f0e-4b8e-9a51-6d0f4a3c2b11',
  state: 'active',
  dateToDelete: null,
  dateCreated: '2026-08-01T00:00:00.000Z',
  createdBy: null,
  dateModified: null,
  modifiedBy: null,
  dateLastUsed: '2026-11-20T00:00:00.000Z',
  owner: { id: 'p1', name: 'Ada' },
  purpose: 'Exports the day',
  environment: 'production',
  ...changes,
});

/** What the organization of the tests has to choose from. */
export const someChoices: Choices = {
  roles: [
    { id: 'reporter', name: 'SCIM reporter', defaultRoleId: null },
    { id: 'scim', name: 'Provisioning', defaultRoleId: scimDefaultRoleId },
  ],
  divisions: [
    { id: 'home', name: 'Home' },
    { id: 'sales', name: 'Sales' },
  ],
  scopes: [{ id: 'analytics' }, { id: 'analytics:readonly' }, { id: 'scim' }],
  severalGrantTypes: true,
};

/** A person with all permissions and the role of the service, everywhere. */
export const anAdministrator = (changes: Partial<Holder> = {}): Holder => ({
  permissions: new Set(allPermissions),
  roles: [{ roleId: 'reporter', divisionId: '*' }],
  ...changes,
});
