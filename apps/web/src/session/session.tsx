import { type Caller, missingFor } from '@latchkey/contract/may-call';
import type { Right } from '@latchkey/contract/route';
import type { SessionView } from '@latchkey/contract/console-api/session';
import type { Permission } from '@latchkey/domain/permission';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

interface SessionValue {
  readonly session: SessionView;
  readonly caller: Caller;
}

const Context = createContext<SessionValue | null>(null);

/** Puts the signed-in person within reach of all below. */
export function SessionContext({ session, children }: { session: SessionView; children: ReactNode }) {
  const value = useMemo(
    () => ({ session, caller: { permissions: new Set(session.permissions as Permission[]) } }),
    [session],
  );
  return <Context value={value}>{children}</Context>;
}

function useSessionValue(): SessionValue {
  const value = useContext(Context);
  if (value === null) throw new Error('A part that needs the signed-in person stands outside the frame');
  return value;
}

/** The signed-in person with rights, organization, Platform and capabilities. Only below the frame. */
export const useSession = (): SessionView => useSessionValue().session;

/**
 * Answers for a row of the contract which permissions are missing; empty when the person may. The only way in which the
 * page decides whether to show or disable: `useMissing()(consoleApi.clients.create)`.
 */
export function useMissing(): (row: { permission: Right }) => readonly Permission[] {
  const { caller } = useSessionValue();
  return ({ permission }) => missingFor(permission, caller) ?? [];
}
