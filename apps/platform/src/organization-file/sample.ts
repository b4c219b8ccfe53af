import type { RoleDivision } from '@latchkey/domain/client';
import { composeSecret, secretRandomBytes } from '@latchkey/domain/secret';
import { createHash, randomBytes } from 'node:crypto';
import type * as z from 'zod';
import type { Entry } from './entries.ts';
import type { ClientEntry, OrganizationFile } from './organization-schema.ts';
import { realScopes } from './real-scopes.ts';
import { divisionIds, personIds, roleIds, sampleDivisions, samplePeople, sampleRoles } from './sample-people.ts';

type Client = z.input<typeof ClientEntry>;

/** The id of a sample client, the same in every installation: a UUID made from its name. */
export function sampleId(name: string): string {
  const hex = createHash('sha256').update(`sample client ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What a sample client says of itself; ages are days before loading. */
type Sketch = Omit<Partial<Client>, 'dateCreated' | 'dateModified' | 'dateLastUsed' | 'createdBy' | 'owner'> & {
  readonly name: string;
  readonly age: number;
  readonly changed?: number;
  /** Never, when left out. */
  readonly used?: number;
  readonly secretAge?: number;
  readonly by?: keyof typeof personIds;
  /** Nobody, when left out. */
  readonly ownedBy?: keyof typeof personIds;
};

const make = (
  grant: Client['authorizedGrantType'],
  { age, changed, used, secretAge, by = 'ada', ownedBy, ...rest }: Sketch,
): Client => ({
  id: sampleId(rest.name),
  authorizedGrantType: grant,
  dateCreated: { daysAgo: age },
  dateModified: { daysAgo: changed ?? age },
  ...(used !== undefined && { dateLastUsed: { daysAgo: used } }),
  createdBy: { id: personIds[by] },
  ...(ownedBy !== undefined && { owner: { id: personIds[ownedBy] } }),
  // Nobody knows this secret: it makes the client look lived in and opens nothing.
  ...(grant !== 'TOKEN' && {
    secret: composeSecret(randomBytes(secretRandomBytes)),
    dateSecretCreated: { daysAgo: secretAge ?? age },
  }),
  ...rest,
});

const inDivision = (role: keyof typeof roleIds, division: keyof typeof divisionIds | '*' = 'home'): RoleDivision => ({
  roleId: roleIds[role],
  divisionId: division === '*' ? '*' : divisionIds[division],
});

const service = (sketch: Sketch & { roleDivisions: RoleDivision[] }) =>
  make('CLIENT-CREDENTIALS', { accessTokenValiditySeconds: 3_600, ...sketch });
const app = (sketch: Sketch & { scope: string[]; registeredRedirectUri: string[] }) =>
  make('CODE', { accessTokenValiditySeconds: 3_600, ...sketch });

const services = (): Client[] => [
  service({
    name: 'CRM Contact Sync',
    ownedBy: 'ada',
    description: 'Keeps contacts in step with the customer database, every five minutes',
    age: 412,
    changed: 40,
    used: 0.01,
    secretAge: 22,
    roleDivisions: [inDivision('routingSync')],
  }),
  service({
    name: 'Nightly Reporting Export',
    ownedBy: 'lena',
    description: "Writes yesterday's figures to the data warehouse",
    age: 730,
    changed: 210,
    used: 0.4,
    secretAge: 210,
    roleDivisions: [inDivision('reporting', '*')],
    accessTokenValiditySeconds: 7_200,
  }),
  service({
    name: 'Recording Archive',
    ownedBy: 'sam',
    description: 'Copies recordings to long-term storage',
    age: 1_020,
    used: 0.2,
    secretAge: 95,
    roleDivisions: [inDivision('recordings', 'europe'), inDivision('recordings', 'americas')],
  }),
  service({
    name: 'SCIM Provisioning',
    ownedBy: 'ada',
    description: 'Creates and retires people from the identity provider',
    age: 540,
    used: 0.05,
    secretAge: 540,
    roleDivisions: [inDivision('scim', '*')],
    accessTokenValiditySeconds: 31_536_000,
  }),
  service({
    name: 'Data Action: Order Lookup',
    ownedBy: 'lena',
    description: 'Order status in voice menus',
    age: 365,
    used: 0.003,
    secretAge: 12,
    roleDivisions: [inDivision('dataActions')],
  }),
  service({
    name: 'Data Action: Appointment Booking',
    ownedBy: 'lena',
    description: 'Books and moves appointments',
    age: 288,
    used: 0.01,
    secretAge: 61,
    roleDivisions: [inDivision('dataActions')],
  }),
  service({
    name: 'Data Action: Loyalty Points',
    ownedBy: 'ravi',
    age: 150,
    used: 0.3,
    secretAge: 150,
    roleDivisions: [inDivision('dataActions')],
    by: 'ravi',
  }),
  service({
    name: 'Workforce Forecast Feed',
    ownedBy: 'lena',
    description: 'Sends volumes to the planning tool each morning',
    age: 201,
    used: 0.6,
    secretAge: 28,
    roleDivisions: [inDivision('reporting', 'europe')],
    scope: ['analytics:readonly', 'workforce-management:readonly'],
  }),
  service({
    name: 'Queue Monitor Wallboard',
    ownedBy: 'lena',
    description: 'Waiting times on the wallboards',
    age: 96,
    used: 0.001,
    secretAge: 3,
    roleDivisions: [inDivision('reporting')],
    allowedIpRanges: ['203.0.113.0/24'],
  }),
  service({
    name: 'Infrastructure as Code',
    ownedBy: 'ada',
    description: 'Applies the configuration repository',
    age: 610,
    used: 2,
    secretAge: 45,
    roleDivisions: [inDivision('broad', '*')],
  }),
  service({
    name: 'Payroll Export',
    ownedBy: 'ada',
    description: 'Hours worked, for the payroll run on the 28th',
    age: 480,
    used: 23,
    secretAge: 480,
    roleDivisions: [inDivision('payroll')],
  }),
  service({
    name: 'Survey Results Import',
    ownedBy: 'ravi',
    age: 75,
    used: 1.2,
    secretAge: 75,
    roleDivisions: [inDivision('dataActions', 'europe')],
  }),
  service({
    name: 'Voicemail Transcription',
    description: 'Pilot, ended in spring',
    age: 260,
    used: 171,
    secretAge: 260,
    roleDivisions: [inDivision('recordings')],
  }),
  service({
    name: 'Fraud Signals',
    ownedBy: 'sam',
    description: 'Scores calls while they ring',
    age: 18,
    used: 0.02,
    secretAge: 18,
    roleDivisions: [inDivision('dataActions', 'americas')],
  }),
  service({ name: 'Load Test (temporary)', age: 6, roleDivisions: [inDivision('routingSync')], by: 'ravi' }),
  service({
    name: 'Chatbot Backend',
    ownedBy: 'ravi',
    description: 'Answers of the assistant on the web site',
    age: 27,
    used: 0.004,
    secretAge: 27,
    roleDivisions: [inDivision('dataActions')],
  }),
  service({
    name: 'Legacy Dialer Bridge',
    ownedBy: 'ada',
    description: 'Switched off while the new dialer is tried out',
    age: 890,
    changed: 9,
    used: 9,
    secretAge: 400,
    state: 'inactive',
    roleDivisions: [inDivision('broad')],
  }),
  service({
    name: 'Billing Reconciliation',
    ownedBy: 'lena',
    age: 1_300,
    changed: 3,
    used: 204,
    secretAge: 1_300,
    state: 'inactive',
    dateToDelete: { daysAhead: 4 },
    roleDivisions: [inDivision('reporting', '*')],
  }),
];

const apps = (): Client[] => [
  app({
    name: 'Agent Desktop',
    ownedBy: 'ada',
    description: 'The desktop in which agents work',
    age: 820,
    changed: 30,
    used: 0.001,
    secretAge: 30,
    scope: ['conversations', 'presence', 'routing:readonly', 'users:readonly'],
    registeredRedirectUri: ['https://desktop.northwind.example/oauth/callback'],
    accessTokenValiditySeconds: 64_800,
  }),
  app({
    name: 'Supervisor Dashboard',
    ownedBy: 'lena',
    description: 'Live queues for team leads',
    age: 505,
    used: 0.02,
    secretAge: 120,
    scope: ['analytics:readonly', 'conversations:readonly', 'quality:readonly', 'routing:readonly', 'users:readonly'],
    registeredRedirectUri: [
      'https://supervisor.northwind.example/callback',
      'https://supervisor-eu.northwind.example/callback',
    ],
  }),
  app({
    name: 'Mobile Supervisor',
    ownedBy: 'lena',
    description: 'The dashboard on the phone',
    age: 233,
    used: 0.3,
    secretAge: 233,
    scope: ['analytics:readonly', 'presence', 'users:readonly'],
    registeredRedirectUri: ['example.northwind.supervisor://callback'],
  }),
  app({
    name: 'Quality Review',
    ownedBy: 'sam',
    age: 340,
    used: 1,
    secretAge: 25,
    scope: ['quality', 'recordings:readonly', 'speech-and-text-analytics:readonly', 'users:readonly'],
    registeredRedirectUri: ['https://quality.northwind.example/signed-in'],
  }),
  app({
    name: 'Knowledge Editor',
    age: 145,
    used: 4,
    secretAge: 145,
    scope: ['knowledge', 'response-management', 'user-basic-info'],
    registeredRedirectUri: ['https://knowledge.northwind.example/cb'],
  }),
  app({
    name: 'Shift Swap',
    ownedBy: 'lena',
    description: 'Agents offer and take shifts',
    age: 61,
    used: 0.1,
    secretAge: 61,
    scope: ['workforce-management', 'users:readonly'],
    registeredRedirectUri: ['https://shifts.northwind.example/callback'],
  }),
  app({
    name: 'Campaign Planner',
    ownedBy: 'ravi',
    age: 410,
    used: 118,
    secretAge: 410,
    scope: [
      'outbound',
      'routing',
      'scripts',
      'users',
      'external-contacts',
      'analytics',
      'conversations',
      'telephony',
      'architect',
      'authorization',
    ],
    registeredRedirectUri: ['https://campaigns.northwind.example/oauth'],
  }),
  app({
    name: 'Developer Sandbox',
    ownedBy: 'ravi',
    description: "For trying things out on one's own machine",
    age: 88,
    used: 15,
    secretAge: 88,
    scope: ['users:readonly', 'conversations:readonly'],
    registeredRedirectUri: ['http://localhost:3000/callback', 'http://127.0.0.1:8080/callback'],
    by: 'ravi',
  }),
  app({
    name: 'Command-Line Tool',
    ownedBy: 'ada',
    age: 24,
    used: 0.5,
    secretAge: 24,
    scope: ['user-basic-info', 'routing:readonly'],
    registeredRedirectUri: ['http://127.0.0.1/callback'],
  }),
  app({
    name: 'Partner Portal',
    ownedBy: 'ravi',
    description: 'Partners see their own campaigns',
    age: 12,
    used: 0.7,
    secretAge: 12,
    scope: ['outbound:readonly', 'user-basic-info'],
    registeredRedirectUri: ['https://partners.northwind.example/auth/callback'],
  }),
  app({
    name: 'Visitor Kiosk',
    ownedBy: 'ravi',
    age: 2,
    scope: ['user-basic-info'],
    registeredRedirectUri: ['https://kiosk.northwind.example/callback'],
    by: 'ravi',
  }),
  app({
    name: 'Coaching Notes',
    ownedBy: 'lena',
    age: 31,
    used: 8,
    secretAge: 31,
    scope: ['coaching', 'users:readonly'],
    registeredRedirectUri: ['https://coaching.northwind.example/callback'],
  }),
  app({
    name: 'Old Intranet Widget',
    description: 'From before there were scopes',
    age: 1_540,
    changed: 5,
    used: 400,
    secretAge: 1_540,
    state: 'inactive',
    dateToDelete: { daysAhead: 2 },
    scope: [],
    registeredRedirectUri: ['https://intranet.northwind.example/widget'],
  }),
  app({
    name: 'Trade Fair Demo',
    ownedBy: 'ravi',
    age: 205,
    changed: 1,
    used: 160,
    secretAge: 205,
    state: 'inactive',
    dateToDelete: { daysAhead: 6 },
    scope: ['user-basic-info'],
    registeredRedirectUri: ['https://demo.northwind.example/callback'],
  }),
];

const others = (): Client[] => [
  make('SAML2-BEARER', {
    name: 'Single Sign-On Bridge',
    ownedBy: 'ada',
    description: 'Exchanges assertions of the identity provider for tokens',
    age: 600,
    used: 0.2,
    secretAge: 80,
    scope: ['users:readonly', 'presence'],
    accessTokenValiditySeconds: 3_600,
  }),
  make('TOKEN', {
    name: 'Legacy Web Widget',
    description: 'Implicit; to be moved to Authorization Code with PKCE',
    age: 1_720,
    used: 0.4,
    scope: ['presence:readonly', 'users:readonly'],
    registeredRedirectUri: ['https://widget.northwind.example/'],
    accessTokenValiditySeconds: 86_400,
  }),
  make('CODE', {
    name: 'Customer Portal',
    ownedBy: 'ada',
    description: 'People sign in, and a nightly job cleans up',
    age: 170,
    used: 0.01,
    secretAge: 14,
    authorizedGrantTypes: ['CODE', 'CLIENT-CREDENTIALS'],
    roleDivisions: [inDivision('dataActions')],
    scope: ['external-contacts:readonly', 'user-basic-info'],
    registeredRedirectUri: ['https://portal.northwind.example/callback'],
    accessTokenValiditySeconds: 3_600,
  }),
  make('CLIENT-CREDENTIALS', {
    name: 'Compromised Connector',
    ownedBy: 'sam',
    description: "Disabled by the Platform's support",
    age: 260,
    changed: 50,
    used: 50,
    secretAge: 260,
    state: 'disabled',
    roleDivisions: [inDivision('routingSync')],
    accessTokenValiditySeconds: 86_400,
  }),
];

/** The organization that the Platform has when none is given (product 1.3): small, and with something of everything. */
export const sampleOrganization = (): OrganizationFile => ({
  organization: {
    id: '3f1c9a52-7d44-4c0e-9a61-5be0d2a7c410',
    name: 'Northwind Service',
    thirdPartyOrgName: 'northwind',
    domain: 'northwind.example',
    defaultLanguage: 'en-us',
    defaultCountryCode: 'US',
    features: { hipaa: false, pci: false, scopeEnforcement: true },
  },
  divisions: sampleDivisions,
  roles: sampleRoles,
  users: samplePeople,
  scopes: [...realScopes],
  clients: [...services(), ...apps(), ...others()],
});

/** The sample, entry by entry, as a file would be read. */
export async function* sampleEntries(): AsyncGenerator<Entry> {
  for (const [section, content] of Object.entries(sampleOrganization())) {
    if (!Array.isArray(content)) yield { section, path: section, value: () => content };
    else
      for (const [index, one] of content.entries()) yield { section, path: `${section}[${index}]`, value: () => one };
  }
}
