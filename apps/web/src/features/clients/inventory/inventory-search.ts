import { ClientState, Environment, Instant } from '@latchkey/domain/client';
import { ClientSort, clientColumns, RotationDue, SortOrder } from '@latchkey/domain/client-list';
import { FindingSeverity } from '@latchkey/domain/findings';
import { GrantType } from '@latchkey/domain/grant-type';
import * as z from 'zod';
import { readSearch } from '../../../ui/search-members.ts';

const text = z.string().min(1).max(200);
const days = z.coerce.number().int().min(1).max(36_500);

const members = {
  q: text,
  name: text,
  description: text,
  id: text,
  redirectUri: text,
  states: ClientState,
  grantTypes: GrantType,
  ownerIds: text,
  environments: Environment,
  roleIds: text,
  divisionIds: text,
  scopes: text,
  createdBy: text,
  createdFrom: Instant,
  createdTo: Instant,
  modifiedBy: text,
  modifiedFrom: Instant,
  modifiedTo: Instant,
  lastTokenFrom: Instant,
  lastTokenTo: Instant,
  secretOlderThanDays: days,
  /** Page only: no token for this many days, counted from today, so that a link stays right tomorrow. */
  unusedDays: days,
  rotations: RotationDue,
  rotationFrom: Instant,
  rotationTo: Instant,
  removalFrom: Instant,
  removalTo: Instant,
  findings: FindingSeverity,
  sort: ClientSort,
  order: SortOrder,
  /** The columns that are shown, in their order. */
  columns: ClientSort,
  /** The columns that stay in view when the table is scrolled sideways. */
  pin: ClientSort,
  density: z.enum(['comfortable', 'compact']),
};

const lists = [
  'states',
  'grantTypes',
  'ownerIds',
  'environments',
  'roleIds',
  'divisionIds',
  'scopes',
  'createdBy',
  'modifiedBy',
  'rotations',
  'findings',
  'columns',
  'pin',
] as const satisfies readonly (keyof typeof members)[];

type Member = keyof typeof members;
type List = (typeof lists)[number];

/** The view of the inventory, all of it in the address (product 3.2). */
export type InventorySearch = { [K in Exclude<Member, List>]?: z.output<(typeof members)[K]> } & {
  [K in List]?: z.output<(typeof members)[K]>[];
};

/** Members that narrow what is listed; the rest is only how it looks. */
export const filterMembers = [
  'name',
  'description',
  'id',
  'redirectUri',
  'states',
  'grantTypes',
  'ownerIds',
  'environments',
  'roleIds',
  'divisionIds',
  'scopes',
  'createdBy',
  'createdFrom',
  'createdTo',
  'modifiedBy',
  'modifiedFrom',
  'modifiedTo',
  'lastTokenFrom',
  'lastTokenTo',
  'secretOlderThanDays',
  'unusedDays',
  'rotations',
  'rotationFrom',
  'rotationTo',
  'removalFrom',
  'removalTo',
  'findings',
] as const satisfies readonly Member[];

/** The columns shown at first. */
export const defaultColumns: readonly ClientSort[] = [
  'name',
  'state',
  'grantTypes',
  'owner',
  'environment',
  'dateLastUsed',
  'secretCreatedAt',
  'findings',
  'dateCreated',
  'id',
];
const defaultPins: readonly ClientSort[] = ['name'];

/** Reads the address; what it does not know is dropped, member by member. */
export const readInventorySearch = (search: Record<string, unknown>): InventorySearch =>
  withoutDefaults(readSearch(members, lists, search));

/** A change of the view: what is `undefined` goes. */
export type Change = { [K in keyof InventorySearch]?: InventorySearch[K] | undefined };

/** Leaves out what is so anyway, so that the usual view has the short address. */
export function withoutDefaults(search: Change): InventorySearch {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    kept[name] = value;
  }
  if (kept['sort'] === 'name' || kept['sort'] === undefined) {
    delete kept['sort'];
  }
  if (kept['order'] === 'asc') delete kept['order'];
  if (kept['density'] === 'comfortable') delete kept['density'];
  if (same(kept['columns'], defaultColumns)) delete kept['columns'];
  if (same(kept['pin'], defaultPins)) delete kept['pin'];
  return kept;
}

const same = (value: unknown, list: readonly string[]): boolean =>
  Array.isArray(value) && value.length === list.length && value.every((one, index) => one === list[index]);

/** The view with nothing left open. The name always shows: it is the way into the client. */
export interface InventoryView {
  readonly columns: readonly ClientSort[];
  readonly pins: ReadonlySet<ClientSort>;
  readonly sort: ClientSort;
  readonly order: SortOrder;
  readonly density: 'comfortable' | 'compact';
  readonly filtered: boolean;
}

export function viewOf(search: InventorySearch): InventoryView {
  const chosen = search.columns ?? defaultColumns;
  const shown = chosen.includes('name') ? chosen : (['name', ...chosen] as ClientSort[]);
  const pins = new Set<ClientSort>(search.pin ?? defaultPins).add('name');
  return {
    // Pinned columns stand first, as they stay at the left edge.
    columns: [...shown.filter((column) => pins.has(column)), ...shown.filter((column) => !pins.has(column))],
    pins,
    sort: search.sort ?? 'name',
    order: search.order ?? 'asc',
    density: search.density ?? 'comfortable',
    filtered: filterMembers.some((member) => search[member] !== undefined),
  };
}

/** The view without any filter and search text; order and columns stay. */
export const widened = ({ q: _q, ...search }: InventorySearch): InventorySearch => withoutFilters(search);

/** The view without any filter; search text, order and columns stay. */
export const withoutFilters = (search: InventorySearch): InventorySearch =>
  Object.fromEntries(
    Object.entries(search).filter(([name]) => !(filterMembers as readonly string[]).includes(name)),
  ) as InventorySearch;

/** All columns, in the order of the domain. */
export const allColumns = clientColumns;
