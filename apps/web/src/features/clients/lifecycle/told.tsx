import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { Text } from '@mantine/core';
import { Words } from '../../../words/words.tsx';

/** Who answers for the client and should hear of it; the console sends nothing by itself. */
export const Told = ({ client: { owner } }: { client: ClientDetail }) => (
  <Text c="dimmed">
    {owner ? (
      <Words
        id="lifecycle.told.owner"
        values={{ owner: <bdi>{owner.email ? `${owner.name} (${owner.email})` : owner.name}</bdi> }}
      />
    ) : (
      <Words id="lifecycle.told.nobody" />
    )}
  </Text>
);
