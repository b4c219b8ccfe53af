import { allDivisions } from '@latchkey/domain/client';
import { useQuery } from '@tanstack/react-query';
import { reads } from '../connection.ts';
import { useWords } from '../words/words.tsx';

/** How roles and divisions are called today; forms and events hold their ids. */
export interface RoleNames {
  readonly role: (id: string) => string;
  readonly division: (id: string) => string;
}

/** The names as far as they can be had; what is gone or not readable keeps its id. */
export function useRoleNames(): RoleNames {
  const say = useWords();
  const { data: roles = [] } = useQuery({ ...reads.choices.roles(), staleTime: 5 * 60_000 });
  const { data: divisions = [] } = useQuery({ ...reads.choices.divisions(), staleTime: 5 * 60_000 });
  const nameIn = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? id;
  return {
    role: (id) => nameIn(roles, id),
    division: (id) => (id === allDivisions ? say('ui.allDivisions') : nameIn(divisions, id)),
  };
}
