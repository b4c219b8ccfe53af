import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { removalDate } from '@latchkey/domain/deletion';
import { Alert, Text } from '@mantine/core';
import { useServerNow } from '../../../session/clock.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Words } from '../../../words/words.tsx';
import { InstantBoth } from './instant-both.tsx';

/**
 * Whether *this* client can come back, and until when: the first line of the dialog (design "Delete"). For a final
 * deletion nothing is softened; for the other the end of the week counts from now, not from when the page was loaded.
 */
export const DeletionPromise = ({ client: { deletion } }: { client: ClientDetail }) => {
  const now = useServerNow(60_000);
  const isFinal = deletion.meaning === 'final';
  return (
    <Alert color={isFinal ? 'red' : 'amber'} icon={<Icon name={isFinal ? 'stop' : 'hourglass'} size={20} />}>
      <Text fw={600}>
        {isFinal ? (
          <Words id="lifecycle.delete.final" />
        ) : (
          <Words id="lifecycle.delete.restorable" values={{ until: <InstantBoth at={removalDate(new Date(now))} /> }} />
        )}
      </Text>
      <Text mt={4}>
        <Words id={isFinal ? 'lifecycle.delete.final.more' : 'lifecycle.delete.restorable.more'} />
      </Text>
    </Alert>
  );
};
