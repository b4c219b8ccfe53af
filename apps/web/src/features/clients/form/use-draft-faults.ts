import type { FieldFault } from '@latchkey/domain/refusal';
import type { ClientForm } from '@latchkey/contract/console-api/models';
import { useMemo } from 'react';
import { useSession } from '../../../session/session.tsx';
import { useWords } from '../../../words/words.tsx';
import { type ClientDraft, draftFaults } from './client-draft.ts';
import type { LoadedChoices } from './use-choices.ts';

const nothing = { roles: [], divisions: [], scopes: [] };

/** Every fault of the form as it stands; what cannot be judged before the choices have come is left out. */
export function useDraftFaults(draft: ClientDraft, choices: LoadedChoices | null, before?: ClientForm): FieldFault[] {
  const say = useWords();
  const { roles: held, platform } = useSession();
  const { capabilities } = platform;
  const message = say('form.roles.notHeld.message');
  const remedy = say('form.roles.notHeld.remedy');
  return useMemo(() => {
    const found = draftFaults(draft, {
      choices: { ...(choices ?? nothing), severalGrantTypes: capabilities.severalGrantTypes },
      capabilities,
      held,
      notHeld: { message, remedy },
      ...(before && { before }),
    });
    return choices
      ? found
      : found.filter(({ field }) => !/^(roleDivisions|scopes|accessTokenValiditySeconds)/.test(field));
  }, [draft, choices, before, held, capabilities, message, remedy]);
}
