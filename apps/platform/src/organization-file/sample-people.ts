import { allPermissions } from '@latchkey/domain/permission';
import { scimDefaultRoleId } from '@latchkey/domain/token-duration';
import type { OrganizationFile } from './organization-schema.ts';

type Section<K extends keyof OrganizationFile> = NonNullable<OrganizationFile[K]>;

export const divisionIds = {
  home: '0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e01',
  europe: '0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e02',
  americas: '0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e03',
} as const;

export const personIds = {
  ada: 'c41d7e90-25ab-4c3e-9f10-0d6b8a7e2a01',
  sam: 'c41d7e90-25ab-4c3e-9f10-0d6b8a7e2a02',
  lena: 'c41d7e90-25ab-4c3e-9f10-0d6b8a7e2a03',
  ravi: 'c41d7e90-25ab-4c3e-9f10-0d6b8a7e2a04',
} as const;

export const sampleDivisions: Section<'divisions'> = [
  { id: divisionIds.home, name: 'Home', description: 'Everything that belongs nowhere else', homeDivision: true },
  { id: divisionIds.europe, name: 'Europe' },
  { id: divisionIds.americas, name: 'Americas' },
];

const role = (number: string): string => `5e2a8c14-93b7-4d6f-b1c8-7f40aa9e10${number}`;

export const roleIds = {
  admin: role('01'),
  reviewer: role('02'),
  lead: role('03'),
  member: role('04'),
  scim: role('05'),
  dataActions: role('06'),
  reporting: role('07'),
  recordings: role('08'),
  routingSync: role('09'),
  broad: role('0a'),
  payroll: role('0b'),
} as const;

export const sampleRoles: Section<'roles'> = [
  {
    id: roleIds.admin,
    name: 'Admin',
    description: 'Administers OAuth clients and everything around them',
    permissions: [...allPermissions],
    base: true,
  },
  {
    id: roleIds.reviewer,
    name: 'Security Reviewer',
    description: 'Looks, and reads the audit',
    permissions: ['oauth:client:view', 'audits:audit:view', 'authorization:role:view'],
  },
  {
    id: roleIds.lead,
    name: 'Team Lead',
    description: 'Decides about deletions',
    permissions: ['oauth:client:view', 'oauth:client:delete', 'authorization:role:view'],
  },
  { id: roleIds.member, name: 'Member', description: 'Works here, and has nothing to do with clients' },
  {
    id: roleIds.scim,
    name: 'SCIM Integration',
    description: 'Provisioning of people',
    defaultRoleId: scimDefaultRoleId,
    permissions: ['directory:user:add', 'directory:user:edit', 'directory:user:view'],
    base: true,
  },
  {
    id: roleIds.dataActions,
    name: 'Data Action Runner',
    description: 'For integrations that run data actions',
    permissions: ['integrations:action:view', 'integrations:action:execute'],
  },
  {
    id: roleIds.reporting,
    name: 'Reporting Reader',
    description: 'Reads statistics',
    permissions: ['analytics:conversationDetail:view', 'analytics:userAggregate:view'],
  },
  {
    id: roleIds.recordings,
    name: 'Recording Exporter',
    description: 'Copies recordings',
    permissions: ['recording:recording:view', 'recording:recording:export'],
  },
  {
    id: roleIds.routingSync,
    name: 'Routing Sync',
    description: 'Reads and writes queues and skills',
    permissions: ['routing:queue:view', 'routing:queue:edit', 'routing:skill:manage'],
  },
  {
    id: roleIds.broad,
    name: 'Full Access Integration',
    description: 'May do everything; from the early days',
    permissionPolicies: [{ domain: '*', entityName: '*', actionSet: ['*'] }],
  },
  {
    id: roleIds.payroll,
    name: 'Payroll Integration',
    description: 'Held by the payroll team only',
    permissions: ['workforceManagement:timeSheet:view'],
  },
];

const everywhere = (...ids: string[]) => ids.map((roleId) => ({ roleId, divisionId: '*' }));

/** The four people of the product's tables, without passwords: each start makes its own. */
export const samplePeople: Section<'users'> = [
  {
    id: personIds.ada,
    name: 'Ada Lindqvist',
    email: 'admin@northwind.example',
    title: 'Platform Administrator',
    department: 'IT',
    division: { id: divisionIds.home },
    // All roles but the payroll team's, so that there is one that cannot be given.
    grants: everywhere(
      roleIds.admin,
      roleIds.scim,
      roleIds.dataActions,
      roleIds.reporting,
      roleIds.recordings,
      roleIds.routingSync,
      roleIds.broad,
    ),
  },
  {
    id: personIds.sam,
    name: 'Sam Okafor',
    email: 'reviewer@northwind.example',
    title: 'Security Reviewer',
    department: 'Information Security',
    division: { id: divisionIds.home },
    grants: everywhere(roleIds.reviewer),
  },
  {
    id: personIds.lena,
    name: 'Lena Moreau',
    email: 'lead@northwind.example',
    title: 'Team Lead, Integrations',
    department: 'IT',
    division: { id: divisionIds.europe },
    grants: everywhere(roleIds.lead),
  },
  {
    id: personIds.ravi,
    name: 'Ravi Shah',
    email: 'member@northwind.example',
    title: 'Developer',
    department: 'Customer Experience',
    division: { id: divisionIds.americas },
    grants: everywhere(roleIds.member),
  },
];
