import type { ClientDetail, RefusalView } from '@latchkey/contract/console-api/models';
import { useRef } from 'react';
import { actFacts } from './act-facts.ts';
import type { ClientAct } from './detail-search.ts';

/**
 * Why the act that the address asks for was not possible when it was opened; `null` when it was. What stands open stays
 * open when its own act, or somebody else's, changes what is possible: it says itself what happened.
 */
export function useRefusalAtOpening(act: ClientAct | undefined, client: ClientDetail): RefusalView | null {
  const now = act === undefined ? null : (client.refusals[actFacts[act].action] ?? null);
  const opened = useRef({ act, refusal: now });
  if (opened.current.act !== act) opened.current = { act, refusal: now };
  return opened.current.refusal;
}
