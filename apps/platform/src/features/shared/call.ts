import type { Holder } from '@latchkey/domain/holder';
import type { Caller } from '../../context/caller.ts';

/** What a handler is told about the request besides its input. */
export interface Call {
  readonly caller: Caller;
  /** The caller's address, as far as trusted proxies tell it. */
  readonly remoteIp: string | null;
  readonly correlationId: string;
}

/** The caller in the words of the domain's rules. */
export const holderOf = ({ permissions, grants }: Caller): Holder => ({ permissions, roles: grants });

/** The id under which changes are recorded: the person's, or the client's when it acts on its own. */
export const actorId = (caller: Caller): string => (caller.kind === 'person' ? caller.userId : caller.clientId);
