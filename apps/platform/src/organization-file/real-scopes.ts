/**
 * The scopes that the wire's providers document (platform-api 2.4), with what a person is asked to allow. An organization
 * file without scopes has these.
 */
const subjects: Readonly<Record<string, string>> = {
  analytics: 'statistics of conversations, agents and queues',
  architect: 'flows, prompts and data tables',
  audits: 'the audit',
  authorization: 'roles, divisions and grants',
  coaching: 'coaching appointments',
  conversations: 'calls, messages and e-mails, and what is done with them',
  'external-contacts': 'contacts outside the organization',
  groups: 'groups and their members',
  integrations: 'integrations, credentials and data actions',
  journey: 'what visitors do on web pages',
  knowledge: 'knowledge bases and articles',
  learning: 'learning modules and assignments',
  locations: 'locations and addresses',
  messaging: 'messaging integrations and templates',
  notifications: 'the notifications of the person',
  oauth: 'OAuth clients',
  organization: 'the settings of the organization',
  outbound: 'outbound campaigns and contact lists',
  presence: 'whether people are available',
  'process-automation': 'triggers',
  quality: 'evaluations, surveys and calibrations',
  recordings: 'recordings and their retention',
  'response-management': 'canned responses',
  routing: 'queues, skills and routing',
  scripts: 'scripts for agents',
  'speech-and-text-analytics': 'topics and transcripts',
  stations: 'phones and stations',
  telephony: 'trunks, sites and numbers',
  users: 'people and their profiles',
  webdeployments: 'web deployments',
  'workforce-management': 'schedules and forecasts',
  workitems: 'work items and their types',
};

/** Those of one kind only: there is nothing to write, or nothing to read apart. */
const single: Readonly<Record<string, string>> = {
  'search:readonly': 'Search people, groups and conversations',
  upload: 'Upload files',
  'user-basic-info': 'See name, e-mail address and picture of the person',
};

const writable = Object.entries(subjects).flatMap(([id, what]) => [
  { id, description: `See and change ${what}` },
  { id: `${id}:readonly`, description: `See ${what}` },
]);

/** All of them by id. */
export const realScopes: readonly { readonly id: string; readonly description: string }[] = [
  ...writable,
  ...Object.entries(single).map(([id, description]) => ({ id, description })),
].toSorted((a, b) => (a.id < b.id ? -1 : 1));
