import { maxReasonLength } from '@latchkey/domain/text';
import { Textarea } from '@mantine/core';
import { useWords } from '../../../words/words.tsx';

/** Why the person does it: optional, kept in the client's history. */
export const ReasonField = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => {
  const say = useWords();
  return (
    <Textarea
      label={say('lifecycle.reason')}
      description={say('lifecycle.reason.help')}
      value={value}
      maxLength={maxReasonLength}
      rows={2}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};
