import type { AuditChange } from '@latchkey/domain/audit';
import { ClientFieldName, clientFieldValue } from '../../ui/client-field.tsx';
import { SetDifference, ValueDifference } from '../../ui/difference.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import type { RoleNames } from '../../ui/use-role-names.ts';

type Json = AuditChange['before'];

/** What an event changed: each field before and after. */
export const EventChanges = ({ changes, names }: { changes: readonly AuditChange[]; names: RoleNames }) => (
  <Facts>
    {changes.filter(tells).map(({ field, before, after }, index) => (
      <Fact key={`${field} ${index}`} label={<ClientFieldName field={field} />}>
        {Array.isArray(before) || Array.isArray(after) ? (
          <SetDifference
            added={lackingIn(before, after).map((value) => clientFieldValue(field, value, names))}
            removed={lackingIn(after, before).map((value) => clientFieldValue(field, value, names))}
          />
        ) : (
          <ValueDifference
            before={clientFieldValue(field, before, names)}
            after={clientFieldValue(field, after, names)}
          />
        )}
      </Fact>
    ))}
  </Facts>
);

const isEmpty = (value: Json): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A field that was empty and is empty tells nothing, as a new client has many; and what is gone has no state. */
export const tells = ({ field, before, after }: AuditChange): boolean =>
  !(isEmpty(before) && isEmpty(after)) && !(field === 'state' && after === null);

/** The elements of `list` that the other does not have. */
function lackingIn(other: Json, list: Json): Json[] {
  const has = new Set((Array.isArray(other) ? other : []).map((value) => JSON.stringify(value)));
  return (Array.isArray(list) ? list : []).filter((value) => !has.has(JSON.stringify(value)));
}
