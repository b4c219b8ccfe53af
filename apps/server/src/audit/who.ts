import type { AuditEvent } from '@latchkey/domain/audit';
import type { Context } from '../context.ts';
import type { Parts } from '../parts.ts';

/** Who did it, from where, in which request: the members that all events of a request share (security L-02). */
export type Who = Pick<AuditEvent, 'actor' | 'session' | 'address' | 'requestId'>;

/** The person of a request, for the audit. */
export const whoOf = (
  { config }: Pick<Parts, 'config'>,
  { person, sessionRef, address, correlationId }: Context,
): Who => ({
  actor: { kind: 'person', id: person.id, name: person.name, issuer: config.platform.loginUrl.origin },
  session: sessionRef,
  address,
  requestId: correlationId,
});

/** The console acting by itself: jobs. */
export const consoleItself = (requestId: string): Who => ({
  actor: { kind: 'console', id: null, name: null, issuer: null },
  session: null,
  address: null,
  requestId,
});
