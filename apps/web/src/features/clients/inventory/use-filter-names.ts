import type { ClientRow } from '@latchkey/contract/console-api/models';
import { nobody } from '@latchkey/domain/client-list';
import { useQuery } from '@tanstack/react-query';
import { reads } from '../../../connection.ts';
import { useWords } from '../../../words/words.tsx';
import { isPeople, type NamedFilter, type PeopleFilter } from './filters.ts';

/** A value to filter by, and how it reads. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The values that a filter offers for what is typed; asked only while `open`. */
export function useChoices(
  filter: NamedFilter,
  typed: string,
  open: boolean,
): { choices: readonly Choice[]; loading: boolean; error: unknown } {
  const say = useWords();
  const persons = useQuery({
    ...reads.choices.people({ query: { q: typed } }),
    enabled: open && isPeople(filter),
    staleTime: 60_000,
  });
  const lists = useLists(filter, open);
  const contains = ({ label }: Choice) => label.toLocaleLowerCase().includes(typed.toLocaleLowerCase());
  if (!isPeople(filter)) return { ...lists, choices: lists.choices.filter(contains) };
  const none = filter === 'ownerIds' && typed === '' ? [{ value: nobody, label: say('clients.filter.nobody') }] : [];
  return from(persons, (list) => [
    ...none,
    ...list.map(({ id, name, email }) => ({ value: id, label: email ? `${name} (${email})` : name })),
  ]);
}

/** Roles, divisions or scopes: short lists that come whole. Nothing for people. */
function useLists(filter: NamedFilter, open: boolean) {
  const often = { staleTime: 60_000 };
  const roles = useQuery({ ...reads.choices.roles(), ...often, enabled: open && filter === 'roleIds' });
  const divisions = useQuery({ ...reads.choices.divisions(), ...often, enabled: open && filter === 'divisionIds' });
  const scopes = useQuery({ ...reads.choices.scopes(), ...often, enabled: open && filter === 'scopes' });
  const named = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  if (filter === 'scopes') return from(scopes, (list) => list.map(({ id }) => ({ value: id, label: id })));
  return filter === 'roleIds' ? from(roles, named) : from(divisions, named);
}

const from = <T>(
  { data, isPending, error }: { data: T | undefined; isPending: boolean; error: unknown },
  choices: (data: T) => readonly Choice[],
) => ({ choices: data === undefined ? [] : choices(data), loading: isPending && error === null, error });

/**
 * How a chosen value reads on its chip. Names come from the rows that are shown, from the lists that the filter offers,
 * and people's also by their ids; an id without a name stays an id.
 */
export function useChosenNames(
  filter: NamedFilter,
  values: readonly string[],
  rows: readonly ClientRow[],
): readonly string[] {
  const say = useWords();
  const { choices } = useLists(filter, values.length > 0 && filter !== 'scopes');
  const ids = isPeople(filter) ? values.filter((value) => value !== nobody).toSorted() : [];
  const { data: people = [] } = useQuery({
    ...reads.choices.people({ query: { ids } }),
    enabled: ids.length > 0,
    staleTime: 60_000,
  });
  return values.map((value) => {
    if (value === nobody && filter === 'ownerIds') return say('clients.filter.nobody');
    return (
      people.find(({ id }) => id === value)?.name ??
      choices.find((one) => one.value === value)?.label ??
      nameInRows(filter, value, rows) ??
      value
    );
  });
}

function nameInRows(filter: NamedFilter, value: string, rows: readonly ClientRow[]): string | undefined {
  for (const { owner, createdBy, modifiedBy, roles } of rows) {
    const person = { ownerIds: owner, createdBy, modifiedBy }[filter as PeopleFilter];
    if (person?.id === value) return person.name;
    if (filter !== 'roleIds' && filter !== 'divisionIds') continue;
    const role = roles.find((one) => (filter === 'roleIds' ? one.roleId : one.divisionId) === value);
    if (role) return filter === 'roleIds' ? role.roleName : role.divisionName;
  }
  return undefined;
}
