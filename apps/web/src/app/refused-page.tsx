import type { Permission } from '@latchkey/domain/permission';
import { EmptyState } from '../ui/empty-state.tsx';
import { useRefusalSentence } from '../ui/why-not.ts';
import { Words } from '../words/words.tsx';

/** A page that the person may not see: which permission is missing, and who can give it (product 2.6). */
export const RefusedPage = ({ missing }: { missing: readonly Permission[] }) => (
  <EmptyState page icon="lock" title={<Words id="app.refused.title" />}>
    {useRefusalSentence()({ code: 'permission.missing', permissions: [...missing] })}
  </EmptyState>
);
