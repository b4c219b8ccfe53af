import type { Permission } from '@latchkey/domain/permission';
import { permissions as permissionSentences } from '@latchkey/domain/permission';
import type { RefusalView } from '@latchkey/contract/console-api/models';
import { useIntl } from 'react-intl';
import type * as z from 'zod';
import { useMissing, useSession } from '../session/session.tsx';
import type { Right } from '@latchkey/contract/route';
import { refusalWords } from '../words/fault-words.ts';
import { useWords } from '../words/words.tsx';
import { local } from './format-instant.ts';

/** A refusal as it travels with an object. */
export type TravellingRefusal = z.infer<typeof RefusalView>;

/** What decides whether a control may be used: a row of the contract, a refusal that came with the object, or both. */
export interface Guard {
  readonly row?: { permission: Right } | undefined;
  readonly refusal?: TravellingRefusal | null | undefined;
}

/**
 * Why a control cannot be used, as a sentence that names what is missing and who can give it; `null` when it can
 * (product 2.6). The refusal that came with the object says more and goes first.
 */
export function useWhyNot(): (guard: Guard) => string | null {
  const missing = useMissing();
  const sentence = useRefusalSentence();
  return ({ row, refusal }) => {
    if (refusal) return sentence(refusal);
    const lacking = row ? missing(row) : [];
    return lacking.length > 0 ? sentence({ code: 'permission.missing', permissions: [...lacking] }) : null;
  };
}

/** Turns a refusal into its sentence. */
export function useRefusalSentence(): (refusal: TravellingRefusal) => string {
  const say = useWords();
  const intl = useIntl();
  const { grantors } = useSession();
  return ({ code, permissions = [], roles = [], at }) => {
    const count = Math.max(permissions.length, roles.length, 1);
    const who =
      grantors.length > 0
        ? say('ui.grantors', { count, roles: intl.formatList(grantors, { type: 'disjunction' }) })
        : say('ui.grantorsUnknown', { count });
    return say(refusalWords(code), {
      permissions: intl.formatList(permissions.map(spelled), { type: 'conjunction' }),
      roles: intl.formatList(roles),
      count,
      who,
      at: at ? local(intl, at) : 'none',
    });
  };
}

/** `oauth:client:edit (Change OAuth clients …)`: the name that an administrator searches for, and what it means. */
const spelled = (permission: string): string => {
  const sentence = permissionSentences[permission as Permission];
  return sentence ? `${permission} (${sentence})` : permission;
};
