import { ClientState, Environment } from '@latchkey/domain/client';
import { RotationDue } from '@latchkey/domain/client-list';
import { FindingSeverity } from '@latchkey/domain/findings';
import { GrantType } from '@latchkey/domain/grant-type';
import type { WordId } from '../../../words/ids.ts';
import type { InventorySearch } from './inventory-search.ts';

/** Filters whose values are few and have words. */
export const wordFilters = {
  states: { options: ClientState.options, words: (one: string): WordId => `ui.state.${one as ClientState}` },
  grantTypes: { options: GrantType.options, words: (one: string): WordId => `ui.grant.${one as GrantType}` },
  environments: {
    options: Environment.options,
    words: (one: string): WordId => `ui.environment.${one as Environment}`,
  },
  rotations: {
    options: RotationDue.options,
    words: (one: string): WordId => `clients.filter.rotations.${one as RotationDue}`,
  },
  findings: {
    options: FindingSeverity.options,
    words: (one: string): WordId => `ui.severity.${one as FindingSeverity}`,
  },
} as const;

/** Filters by a text that the column contains. */
export const textFilters = ['name', 'description', 'id', 'redirectUri'] as const;

/** Filters whose values are people. */
export const peopleFilters = ['ownerIds', 'createdBy', 'modifiedBy'] as const;

/** Filters whose values are found by name. */
export const namedFilters = [...peopleFilters, 'roleIds', 'divisionIds', 'scopes'] as const;

/** Filters by a span of time. */
export const spanFilters = {
  created: ['createdFrom', 'createdTo'],
  modified: ['modifiedFrom', 'modifiedTo'],
  lastToken: ['lastTokenFrom', 'lastTokenTo'],
  rotation: ['rotationFrom', 'rotationTo'],
  removal: ['removalFrom', 'removalTo'],
} as const;

/** Filters by a number of days. */
export const dayFilters = ['secretOlderThanDays', 'unusedDays'] as const;

export type WordFilter = keyof typeof wordFilters;
export type TextFilter = (typeof textFilters)[number];
export type PeopleFilter = (typeof peopleFilters)[number];
export type NamedFilter = (typeof namedFilters)[number];
export type SpanFilter = keyof typeof spanFilters;
export type DayFilter = (typeof dayFilters)[number];
export type Filter = WordFilter | TextFilter | NamedFilter | SpanFilter | DayFilter;

/** Every filter, in the order of the menu: each column has at least one (product 3.2). */
export const allFilters: readonly Filter[] = [
  'states',
  'grantTypes',
  'ownerIds',
  'environments',
  'roleIds',
  'divisionIds',
  'scopes',
  'name',
  'description',
  'id',
  'redirectUri',
  'created',
  'createdBy',
  'modified',
  'modifiedBy',
  'lastToken',
  'unusedDays',
  'secretOlderThanDays',
  'rotations',
  'rotation',
  'removal',
  'findings',
];

export const isSpan = (filter: Filter): filter is SpanFilter => filter in spanFilters;
export const isDays = (filter: Filter): filter is DayFilter => (dayFilters as readonly string[]).includes(filter);
export const isText = (filter: Filter): filter is TextFilter => (textFilters as readonly string[]).includes(filter);
export const isPeople = (filter: Filter): filter is PeopleFilter =>
  (peopleFilters as readonly string[]).includes(filter);
export const isWords = (filter: Filter): filter is WordFilter => filter in wordFilters;

/** The members of the address that a filter stands for. */
export const membersOf = (filter: Filter): readonly (keyof InventorySearch)[] =>
  isSpan(filter) ? spanFilters[filter] : [filter];

/** Whether the view is narrowed by this filter. */
export const isSet = (filter: Filter, search: InventorySearch): boolean =>
  membersOf(filter).some((member) => search[member] !== undefined);

/** The change that takes a filter away. */
export const cleared = (filter: Filter): Partial<Record<keyof InventorySearch, undefined>> =>
  Object.fromEntries(membersOf(filter).map((member) => [member, undefined]));
