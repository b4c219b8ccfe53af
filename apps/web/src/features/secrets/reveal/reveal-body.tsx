import { Alert, Button, Checkbox, Code, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { Fault } from '@latchkey/contract/faults';
import type { Reveal } from '@latchkey/contract/console-api/models';
import { maxStoredWhereLength } from '@latchkey/domain/text';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useIntl } from 'react-intl';
import { api, reads } from '../../../connection.ts';
import { serverNow } from '../../../session/clock.ts';
import { useSession } from '../../../session/session.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { local, utc } from '../../../ui/format-instant.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { ClearClipboard } from './clear-clipboard.tsx';
import { CoveredSecret } from './covered-secret.tsx';
import { OtherForms } from './other-forms.tsx';
import type { Receipt } from './receipt.ts';
import { TimeLeft } from './time-left.tsx';
import type { OpenedSecret } from './use-opened-secret.ts';
import { useWays } from './use-ways.ts';
import styles from './reveal.module.css';

/** What the dialog holds while the secret can be shown, in the order of the design. */
export const RevealBody = ({
  reveal,
  secret,
  tried,
  onDone,
  onOver,
}: {
  reveal: Reveal;
  secret: OpenedSecret;
  /** How often the person tried to leave. */
  tried: number;
  onDone: (receipt: Receipt | null, clipboardHeld: boolean) => void;
  onOver: () => void;
}) => {
  const say = useWords();
  const intl = useIntl();
  const id = useId();
  const { platform } = useSession();
  const { ways, note, settled } = useWays(reveal);
  const [stored, setStored] = useState(false);
  const [storedWhere, setStoredWhere] = useState('');
  const [cleared, setCleared] = useState(false);
  const { data: client } = useQuery({ ...reads.clients.read({ params: { clientId: reveal.clientId } }), retry: false });
  const left = ways.size > 0;
  const holdsSecret = storedWhere !== '' && storedWhere.includes(secret.read() ?? '\0');
  const clipboardHeld = ways.has('copied') && !cleared;

  const acknowledge = useMutation({
    mutationFn: async () => {
      await settled();
      return api.reveals.acknowledge({ params: { revealId: reveal.id }, body: { storedWhere: storedWhere.trim() } });
    },
    gcTime: 0,
    onSuccess: (receipt) => {
      secret.wipe();
      onDone(receipt, clipboardHeld);
    },
    onError: (error) => {
      // Before the time is over, it is over only because it was acknowledged: by another tab, or by a lost answer.
      if (!(error instanceof Fault) || error.code !== 'reveal.over' || serverNow() >= Date.parse(reveal.expiresAt))
        return;
      secret.wipe();
      onDone(null, clipboardHeld);
    },
  });
  const canFinish = left && stored && !holdsSecret;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canFinish && !acknowledge.isPending) acknowledge.mutate();
      }}
    >
      <Stack gap="md" mt="xs">
        <TimeLeft until={reveal.expiresAt} onOver={onOver} />
        <div>
          <Text>
            <Words
              id={reveal.why === 'created' ? 'reveal.for.created' : 'reveal.for.generated'}
              values={{ name: <strong dir="auto">{reveal.clientName}</strong> }}
            />
          </Text>
          <Group gap={6}>
            <Text span c="dimmed" size="xs">
              <Words id="reveal.clientId" />
            </Text>
            <Code>{reveal.clientId}</Code>
            <CopyButton compact text={reveal.clientId} thing={say('reveal.clientId')} />
          </Group>
          {reveal.previousEndsAt && (
            <Text size="xs" c="dimmed">
              <Words
                id="reveal.previousEnds"
                values={{ at: local(intl, reveal.previousEndsAt), utc: utc(reveal.previousEndsAt) }}
              />
            </Text>
          )}
        </div>
        {secret.state === 'opening' ? (
          <Skeleton height={118} aria-label={say('app.loading')} />
        ) : (
          <CoveredSecret secret={secret} note={note} />
        )}
        <OtherForms
          facts={{
            clientId: reveal.clientId,
            clientName: reveal.clientName,
            tokenUrl: platform.tokenUrl,
            grantTypes: client?.grantTypes,
          }}
          secret={secret}
          note={note}
        />
        {clipboardHeld && <ClearClipboard onCleared={() => setCleared(true)} />}
        <TextInput
          label={say('reveal.where')}
          description={say('reveal.where.about')}
          placeholder={say('reveal.where.example')}
          autoComplete="off"
          data-1p-ignore
          data-lpignore="true"
          maxLength={maxStoredWhereLength}
          value={storedWhere}
          onChange={(event) => setStoredWhere(event.currentTarget.value)}
          error={holdsSecret && say('reveal.where.isSecret')}
        />
        {tried > 0 && !canFinish && (
          <Alert color="amber" icon={<Icon name="lock" />} p="xs">
            <Words id="reveal.notYet" />
          </Alert>
        )}
        {acknowledge.error && <FaultNotice error={acknowledge.error} takeFocus />}
        <div className={styles['gate']}>
          <div>
            <Checkbox
              label={say('reveal.stored')}
              checked={stored}
              disabled={!left}
              aria-describedby={`${id}-gate`}
              onChange={(event) => setStored(event.currentTarget.checked)}
            />
            <Text id={`${id}-gate`} size="xs" c="dimmed" mt={4}>
              <Words id={left ? 'reveal.gate.open' : 'reveal.gate.closed'} />
            </Text>
          </div>
          <Button type="submit" disabled={!canFinish} loading={acknowledge.isPending}>
            <Words id="reveal.done" />
          </Button>
        </div>
      </Stack>
    </form>
  );
};
