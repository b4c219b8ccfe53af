import { useQuery } from '@tanstack/react-query';
import { reads } from '../../../connection.ts';

/** What a client's settings can be chosen from; null while it comes. */
export function useChoices() {
  const roles = useQuery(reads.choices.roles());
  const divisions = useQuery(reads.choices.divisions());
  const scopes = useQuery(reads.choices.scopes());
  const all = [roles, divisions, scopes];
  return {
    choices:
      roles.data && divisions.data && scopes.data
        ? { roles: roles.data, divisions: divisions.data, scopes: scopes.data }
        : null,
    error: all.find(({ error }) => error)?.error ?? null,
    retry: () => all.forEach((query) => void (query.isError && query.refetch())),
  };
}
/** Roles, divisions and scopes that have come. */
export type LoadedChoices = NonNullable<ReturnType<typeof useChoices>['choices']>;
