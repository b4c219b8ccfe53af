import type { Store } from '../../context/platform.ts';
import { auditEvents, type PropertyChange } from '../../storage/schema.ts';
import type { Call } from './call.ts';

/** What happened, in the wire's words (platform-api 2.9). Never holds a secret. */
export interface Happening {
  readonly action: 'Create' | 'Update' | 'Delete';
  readonly entityType: 'OAuthClient' | 'AuthUser';
  readonly entityId: string;
  readonly entityName: string;
  readonly date: Date;
  readonly propertyChanges?: readonly PropertyChange[];
  /** What the action alone does not say: `operation` tells a restored client from an edited one. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Adds an event to the Platform's audit; call it in the transaction of the change. */
export async function record(
  tx: Store,
  { caller, remoteIp, correlationId }: Call,
  happening: Happening,
): Promise<void> {
  await tx.insert(auditEvents).values({
    date: happening.date,
    userId: caller.kind === 'person' ? caller.userId : null,
    actorClientId: caller.clientId,
    action: happening.action,
    entityType: happening.entityType,
    entityId: happening.entityId,
    entityName: happening.entityName,
    status: 'SUCCESS',
    remoteIp,
    context: { ...happening.context, correlationId },
    propertyChanges: happening.propertyChanges ?? [],
  });
}

/** What differs between two states of a thing; every value is listed as text. */
export function propertyChanges(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): PropertyChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((property): PropertyChange[] => {
    const [oldValues, newValues] = [textsOf(before[property]), textsOf(after[property])];
    return JSON.stringify(oldValues) === JSON.stringify(newValues) ? [] : [{ property, oldValues, newValues }];
  });
}

function textsOf(value: unknown): string[] {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (value instanceof Date) return [value.toISOString()];
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}
