import { Alert, Text } from '@mantine/core';
import type { SecretView } from '@latchkey/contract/console-api/models';
import { useIntl } from 'react-intl';
import { useServerNow } from '../../../session/clock.ts';
import { local, utc } from '../../../ui/format-instant.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Words } from '../../../words/words.tsx';
import { endsAfterGenerating } from './overlap.ts';

/** From when on callers with an old secret are refused, to the minute, in the person's zone and in UTC. */
export const Consequence = ({
  secrets,
  overlapSeconds,
}: {
  secrets: readonly SecretView[];
  overlapSeconds: number;
}) => {
  const intl = useIntl();
  const now = useServerNow(1_000);
  const { current, older } = endsAfterGenerating(secrets, new Date(now), overlapSeconds);
  return (
    <Alert color="amber" icon={<Icon name="clock" />}>
      <Text>
        {Date.parse(current) <= now ? (
          <Words id="generate.stopsAtOnce" />
        ) : (
          <Words id="generate.stopsAt" values={{ at: <strong>{local(intl, current)}</strong>, utc: utc(current) }} />
        )}
      </Text>
      {older !== null && (
        <Text>
          <Words id="generate.olderStops" />
        </Text>
      )}
    </Alert>
  );
};
