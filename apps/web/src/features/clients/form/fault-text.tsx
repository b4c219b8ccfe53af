import type { FieldFault } from '@latchkey/domain/refusal';

/** What is wrong with a field and how to mend it, each fault on a line of its own. */
export const FaultText = ({ faults }: { faults: readonly FieldFault[] }) =>
  faults.map(({ field, reason, message, remedy }) => (
    <span key={`${field} ${reason}`} style={{ display: 'block' }}>
      {message} {remedy}
    </span>
  ));

/** For the `error` of a field: nothing when there is none. */
export const faultText = (faults: readonly FieldFault[]) => faults.length > 0 && <FaultText faults={faults} />;
