import type { ClientRow } from '@latchkey/contract/console-api/models';
import { nobody } from '@latchkey/domain/client-list';
import { useQuery } from '@tanstack/react-query';
import { reads } from '../../../connection.ts';
import { useWords } from '../../../words/words.tsx';
import type { NamedFilter } from './filters.ts';

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
  const people = filter === 'ownerIds' || filter === 'createdBy';
  const persons = useQuery({
    ...reads.choices.people({ query: { q: typed } }),
    enabled: open && people,
    staleTime: 60_000,
  });
  const roles = useQuery({ ...reads.choices.roles(), enabled: open && filter === 'roleIds', staleTime: 60_000 });
  const divisions = useQuery({
    ...reads.choices.divisions(),
    enabled: open && filter === 'divisionIds',
    staleTime: 60_000,
  });
  const scopes = useQuery({ ...reads.choices.scopes(), enabled: open && filter === 'scopes', staleTime: 60_000 });
  const contains = ({ label }: Choice) => label.toLocaleLowerCase().includes(typed.toLocaleLowerCase());
  switch (filter) {
    case 'roleIds':
      return from(roles, (list) => list.map(({ id, name }) => ({ value: id, label: name })).filter(contains));
    case 'divisionIds':
      return from(divisions, (list) => list.map(({ id, name }) => ({ value: id, label: name })).filter(contains));
    case 'scopes':
      return from(scopes, (list) => list.map(({ id }) => ({ value: id, label: id })).filter(contains));
    case 'ownerIds':
    case 'createdBy': {
      const none =
        filter === 'ownerIds' && typed === '' ? [{ value: nobody, label: say('clients.filter.nobody') }] : [];
      return from(persons, (list) => [
        ...none,
        ...list.map(({ id, name, email }) => ({ value: id, label: email ? `${name} (${email})` : name })),
      ]);
    }
  }
}

const from = <T>(
  { data, isPending, error }: { data: T | undefined; isPending: boolean; error: unknown },
  choices: (data: T) => readonly Choice[],
) => ({ choices: data === undefined ? [] : choices(data), loading: isPending && error === null, error });

/**
 * How a chosen value reads on its chip. Names come from the lists that the filter offers, or from the rows that are
 * shown; an id without a name stays an id.
 */
export function useChosenNames(
  filter: NamedFilter,
  values: readonly string[],
  rows: readonly ClientRow[],
): readonly string[] {
  const say = useWords();
  const { choices } = useChoices(filter, '', values.length > 0 && filter !== 'scopes');
  return values.map((value) => {
    if (value === nobody && filter === 'ownerIds') return say('clients.filter.nobody');
    const choice = choices.find((one) => one.value === value);
    return choice ? choice.label.replace(/ \(.*\)$/, '') : (nameInRows(filter, value, rows) ?? value);
  });
}

function nameInRows(filter: NamedFilter, value: string, rows: readonly ClientRow[]): string | undefined {
  for (const { owner, createdBy, roles } of rows) {
    if (filter === 'ownerIds' && owner?.id === value) return owner.name;
    if (filter === 'createdBy' && createdBy?.id === value) return createdBy.name;
    const role = roles.find((one) => (filter === 'roleIds' ? one.roleId : one.divisionId) === value);
    if (role) return filter === 'roleIds' ? role.roleName : role.divisionName;
  }
  return undefined;
}
