/**
 * Every Platform permission the console speaks of, with the sentence an administrator reads.
 * The names are Genesys' own on the wire (`domain:entity:action`).
 */
export const permissions = {
  'oauth:client:view': 'See OAuth clients',
  'oauth:client:add': 'Create OAuth clients',
  'oauth:client:edit': 'Change OAuth clients and generate new secrets',
  'oauth:client:delete': 'Delete OAuth clients',
  'oauth:client:authorize': 'See which clients the organization authorized',
  'oauth:token:delete': 'End all tokens of a person',
  'authorization:role:view': 'See roles',
  'authorization:grant:view': 'See which roles a person or client holds',
  'authorization:grant:add': 'Give roles',
  'authorization:grant:delete': 'Take roles away',
  'audits:audit:view': 'Read the audit',
  'usage:client:view': 'See the usage of a client',
  'usage:organization:view': 'See the usage of the organization',
  'integrations:integration:view': 'See integrations and credentials',
  'integrations:action:view': 'See data actions',
  'architect:flow:view': 'See flows',
  'architect:dependencyTracking:view': 'See what depends on what',
  'directory:organization:admin': 'Administer the organization',
} as const;

/** One permission of the vocabulary above. */
export type Permission = keyof typeof permissions;

/** Every permission, as a list in the order of the table. */
export const allPermissions = Object.keys(permissions) as Permission[];

/** The four permissions that decide what a person may do with clients (product, table of users). */
export const clientPermissions = [
  'oauth:client:view',
  'oauth:client:add',
  'oauth:client:edit',
  'oauth:client:delete',
] as const satisfies readonly Permission[];
