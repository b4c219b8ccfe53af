import { randomBytes } from 'node:crypto';
import { allPermissions, type Permission } from '@latchkey/domain/permission';

/** Somebody who can sign in. */
export interface TestPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** The three kinds of user, and one without any right on clients (product, table of users; 1.4). */
export type TestRole = 'admin' | 'reviewer' | 'lead' | 'member';

/** Divisions and roles of the test organization. */
export const testIds = {
  home: '0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e01',
  europe: '0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e02',
  roles: {
    admin: 'role-admin',
    reviewer: 'role-reviewer',
    lead: 'role-lead',
    member: 'role-member',
    reporting: 'role-reporting',
    payroll: 'role-payroll',
    scim: 'role-scim',
  },
} as const;

const permissionsOf: Record<TestRole, readonly Permission[]> = {
  admin: allPermissions,
  reviewer: ['oauth:client:view', 'audits:audit:view', 'authorization:role:view'],
  lead: ['oauth:client:view', 'oauth:client:delete', 'authorization:role:view'],
  member: [],
};

/** An organization with a person for every role, each with a password that was made just now. */
export function testOrganization(more: object = {}): { file: object; people: Record<TestRole, TestPerson> } {
  const person = (role: TestRole, name: string): TestPerson => ({
    id: `person-${role}`,
    name,
    email: `${role}@example.com`,
    password: randomBytes(18).toString('base64url'),
  });
  const people = {
    admin: person('admin', 'Ada Admin'),
    reviewer: person('reviewer', 'Rita Reviewer'),
    lead: person('lead', 'Leo Lead'),
    member: person('member', 'Mia Member'),
  };
  const { roles } = testIds;
  const everywhere = (...ids: string[]) => ids.map((roleId) => ({ roleId, divisionId: '*' }));
  const grants: Record<TestRole, { roleId: string; divisionId: string }[]> = {
    admin: [...everywhere(roles.admin, roles.scim), { roleId: roles.reporting, divisionId: testIds.home }],
    reviewer: everywhere(roles.reviewer),
    lead: everywhere(roles.lead),
    member: everywhere(roles.member),
  };
  const file = {
    organization: { id: 'org-test', name: 'Test Organization' },
    divisions: [
      { id: testIds.home, name: 'Home', homeDivision: true },
      { id: testIds.europe, name: 'Europe' },
    ],
    roles: [
      { id: roles.admin, name: 'Admin', permissions: [...permissionsOf.admin] },
      { id: roles.reviewer, name: 'Security Reviewer', permissions: [...permissionsOf.reviewer] },
      { id: roles.lead, name: 'Team Lead', permissions: [...permissionsOf.lead] },
      { id: roles.member, name: 'Member' },
      { id: roles.reporting, name: 'Reporting Reader', permissions: ['analytics:conversationDetail:view'] },
      { id: roles.payroll, name: 'Payroll Integration', permissions: ['workforceManagement:timeSheet:view'] },
      {
        id: roles.scim,
        name: 'SCIM Integration',
        defaultRoleId: 'scimIntegration',
        permissions: ['directory:user:add'],
      },
    ],
    users: (Object.keys(people) as TestRole[]).map((role) => ({
      ...people[role],
      division: { id: testIds.home },
      grants: grants[role],
    })),
    scopes: [
      { id: 'oauth', description: 'OAuth clients' },
      { id: 'oauth:readonly', description: 'OAuth clients, reading' },
      { id: 'users', description: 'People' },
      { id: 'users:readonly', description: 'People, reading' },
      { id: 'analytics:readonly', description: 'Statistics, reading' },
    ],
    clients: [],
    ...more,
  };
  return { file, people };
}
