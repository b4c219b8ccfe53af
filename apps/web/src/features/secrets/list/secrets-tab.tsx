import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { consoleApi } from '@latchkey/contract/console-api/table';
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { reads } from '../../../connection.ts';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TextSkeleton } from '../../../ui/skeletons.tsx';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { Words } from '../../../words/words.tsx';
import { RetireDialog } from './retire-dialog.tsx';
import { SecretCard } from './secret-card.tsx';
import styles from './secrets.module.css';

/** The secrets of a client that still work, never their values, and the way to a new one (product 5.7, 7.2). */
export const SecretsTab = ({ client, onGenerate }: { client: ClientDetail; onGenerate: () => void }) => {
  const params = { clientId: client.id };
  const { data, error, refetch } = useQuery(reads.secrets.list({ params }));
  const [retiring, setRetiring] = useState<string | null>(null);
  const part = useRef<HTMLDivElement>(null);
  useReturnFocus(retiring ?? undefined, part);
  const hasNone = client.grantTypes.length > 0 && client.grantTypes.every((grant) => grant === 'TOKEN');
  const chosen = data?.items.find(({ id }) => id === retiring);
  const generate = (
    <GuardedButton
      row={consoleApi.secrets.generate}
      refusal={client.refusals.generateSecret}
      leftSection={<Icon name="refresh" />}
      size="xs"
      onClick={onGenerate}
    >
      <Words id="secrets.generate" />
    </GuardedButton>
  );
  if (hasNone) {
    return (
      <Panel title={<Words id="secrets.title" />}>
        <Text>
          <Words id="secrets.noneForGrant" />
        </Text>
      </Panel>
    );
  }
  return (
    <div ref={part}>
      <Panel title={<Words id="secrets.title" />} beside={generate}>
        <Text c="dimmed" mb="sm">
          <Words id="secrets.about" />
        </Text>
        {error && <FaultNotice error={error} retry={() => void refetch()} />}
        {!data && !error && <TextSkeleton lines={5} />}
        {data && !data.detailed && (
          <Text>
            <Words id="secrets.notTold" />
          </Text>
        )}
        {data?.detailed && data.items.length === 0 && (
          <Text>
            <Words id="secrets.empty" />
          </Text>
        )}
        {data && data.items.length > 0 && (
          <ul className={styles['list']}>
            {data.items.map((secret) => (
              <SecretCard
                key={secret.id}
                secret={secret}
                retire={
                  secret.state === 'previous' && (
                    <GuardedButton
                      row={consoleApi.secrets.retire}
                      refusal={client.refusals.edit}
                      variant="default"
                      size="xs"
                      leftSection={<Icon name="stop" size={14} />}
                      onClick={() => setRetiring(secret.id)}
                    >
                      <Words id="secrets.retire" />
                    </GuardedButton>
                  )
                }
              />
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={<Words id="secrets.lost.title" />}>
        <Text mb="sm">
          <Words id="secrets.lost.text" />
        </Text>
        {client.refusals.generateSecret ? (
          <Text c="dimmed">
            <Words id="secrets.lost.refused" />
          </Text>
        ) : (
          <Button variant="default" size="xs" leftSection={<Icon name="refresh" size={14} />} onClick={onGenerate}>
            <Words id="secrets.lost.generate" />
          </Button>
        )}
      </Panel>
      {chosen && <RetireDialog clientId={client.id} secret={chosen} onClose={() => setRetiring(null)} />}
    </div>
  );
};
