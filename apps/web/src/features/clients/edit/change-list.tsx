import type { Change } from '@latchkey/domain/change';
import { ClientFieldName, clientFieldValue } from '../../../ui/client-field.tsx';
import { SetDifference, ValueDifference } from '../../../ui/difference.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import type { RoleNames } from '../../../ui/use-role-names.ts';

/** What differs, field by field: values from and to, lists by what comes and what goes (product 6.3). */
export const ChangeList = ({ changes, names }: { changes: readonly Change[]; names: RoleNames }) => (
  <Facts>
    {changes.map((change) => {
      const { field } = change;
      const value = (one: unknown) => clientFieldValue(field, one, names);
      return (
        <Fact key={field} label={<ClientFieldName field={field} />}>
          {change.kind === 'set' ? (
            <SetDifference added={change.added.map(value)} removed={change.removed.map(value)} />
          ) : (
            <ValueDifference before={value(change.before)} after={value(change.after)} />
          )}
        </Fact>
      );
    })}
  </Facts>
);
