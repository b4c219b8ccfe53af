import { Alert, Radio, Stack, Text } from '@mantine/core';
import { Fault } from '@latchkey/contract/faults';
import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { defaultOverlapSeconds, overlapFor, type RotationReason } from '@latchkey/domain/secret';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { reads } from '../../../connection.ts';
import { useSession } from '../../../session/session.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { InstantText } from '../../../ui/instant-text.tsx';
import { useRefusalSentence } from '../../../ui/why-not.ts';
import { useWords, Words } from '../../../words/words.tsx';
import { reasons } from './overlap.ts';
import { OverlapField } from './overlap-field.tsx';
import { Consequence } from './consequence.tsx';
import { useGenerate } from './use-generate.ts';

/** What the dialog asks and says. */
export const GenerateSecretForm = ({
  client,
  onClose,
  firstReason,
}: {
  client: ClientDetail;
  onClose: () => void;
  firstReason: RotationReason;
}) => {
  const say = useWords();
  const sentence = useRefusalSentence();
  const { platform } = useSession();
  const { overlappingSecrets } = platform.capabilities;
  const [reason, setReason] = useState<RotationReason>(firstReason);
  const [asked, setAsked] = useState<number | null>(defaultOverlapSeconds);
  const secrets = useQuery(reads.secrets.list({ params: { clientId: client.id } }));
  const items = secrets.data?.items ?? [];
  const current = items.find(({ state }) => state === 'current');
  const overlap = overlappingSecrets ? overlapFor(reason, asked ?? undefined) : 0;
  const generate = useGenerate(client.id, onClose);
  const refusal = client.refusals.generateSecret;
  const conflict = generate.error instanceof Fault && generate.error.code === 'secret.generated_meanwhile';
  const asks = overlappingSecrets && reason !== 'exposed';
  return (
    <ConfirmDialog
      title={<Words id="generate.title" values={{ name: <bdi>{client.name}</bdi> }} />}
      act={<Words id="generate.act" />}
      busy={generate.isPending}
      error={generate.error}
      blocked={Boolean(refusal) || (asks && asked === null)}
      onClose={onClose}
      onAct={() =>
        generate.mutate({
          reason,
          ...(overlappingSecrets && { keepPreviousForSeconds: overlap }),
          ...(current && { replaces: current.id }),
        })
      }
    >
      <Stack gap="md">
        {refusal && (
          <Alert color="amber" icon={<Icon name="lock" />}>
            {sentence(refusal)}
          </Alert>
        )}
        <Radio.Group label={say('generate.why')} value={reason} onChange={setReason}>
          <Stack gap="xs" mt="xs">
            {reasons.map((one) => (
              <Radio
                key={one}
                value={one}
                label={say(`generate.reason.${one}`)}
                description={say(`generate.reason.${one}.about`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {asks && <OverlapField seconds={asked} onChange={setAsked} />}
        {!overlappingSecrets && (
          <Text>
            <Words id="generate.oneSecret" />
          </Text>
        )}
        <Consequence secrets={items} overlapSeconds={overlap} />
        {conflict && current && (
          <Text>
            <Words
              id="generate.meanwhile"
              values={{
                who: <bdi>{current.createdBy?.name ?? say('generate.somebody')}</bdi>,
                when: <InstantText at={current.createdAt} />,
              }}
            />
          </Text>
        )}
      </Stack>
    </ConfirmDialog>
  );
};
