import { Text, VisuallyHidden } from '@mantine/core';
import { useWords } from '../../../words/words.tsx';

/** `••••abcd`: by its end one tells a secret from another; no more of it exists here. */
export const SecretHint = ({ hint }: { hint: string }) => (
  <>
    <VisuallyHidden>{useWords()('secrets.endingIn', { hint: [...hint].join(' ') })}</VisuallyHidden>
    <Text span ff="monospace" fw={600} size="md" aria-hidden="true">
      ••••{hint}
    </Text>
  </>
);
