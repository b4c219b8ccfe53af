import { Button, Stack, Text } from '@mantine/core';
import type { AuditVerification } from '@latchkey/contract/console-api/audit';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../connection.ts';
import { announce } from '../../ui/announce.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { InstantText } from '../../ui/instant-text.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useWords, Words } from '../../words/words.tsx';

/** Whether the audit is what was recorded, from the first event to the last (product 10.2). */
export default function AuditPage() {
  const say = useWords();
  const verifying = useMutation({
    mutationFn: () => api.audit.verify(),
    onSuccess: ({ sound }) => announce(say(sound ? 'audit.sound' : 'audit.notSound')),
  });
  const verify = (
    <Button
      leftSection={<Icon name="audit" />}
      onClick={() => verifying.mutate()}
      loading={verifying.isPending}
      data-autofocus
    >
      <Words id="audit.verify" />
    </Button>
  );
  return (
    <>
      <PageHeader
        title={<Words id="app.nav.audit" />}
        about={<Words id="audit.about" />}
        actions={verifying.data && verify}
      />
      <Stack gap="md">
        {verifying.error && <FaultNotice error={verifying.error} retry={() => verifying.mutate()} />}
        {verifying.data && <Found verification={verifying.data} />}
        {!verifying.data && (
          <EmptyState icon="audit" title={<Words id="audit.ask" />} action={verify}>
            <Words id="audit.ask.about" />
          </EmptyState>
        )}
      </Stack>
    </>
  );
}

const Found = ({ verification }: { verification: AuditVerification }) => {
  const { sound, events, heads, firstBad, badHeads, lastHash, verifiedAt } = verification;
  return (
    <Panel
      title={
        <>
          <Icon name={sound ? 'active' : 'stop'} size={20} /> <Words id={sound ? 'audit.sound' : 'audit.notSound'} />
        </>
      }
    >
      {firstBad && (
        <Text fw={600}>
          <Words id="audit.firstBad" values={{ seq: firstBad.seq }} /> <Words id={`audit.why.${firstBad.why}`} />
        </Text>
      )}
      {badHeads.map(({ where, at }) => (
        <Text key={`${where} ${at}`}>
          <Words id={where === 'database' ? 'audit.badHead.database' : 'audit.badHead.file'} values={{ at }} />
        </Text>
      ))}
      <Facts>
        <Fact label={<Words id="audit.events" />}>
          <Words id="audit.count" values={{ count: events }} />
        </Fact>
        <Fact label={<Words id="audit.heads" />}>
          <Words id="audit.count" values={{ count: heads }} />
        </Fact>
        {lastHash && (
          <Fact label={<Words id="audit.lastHash" />}>
            <Text span ff="monospace" size="sm" style={{ overflowWrap: 'anywhere' }}>
              {lastHash}
            </Text>
          </Fact>
        )}
        <Fact label={<Words id="audit.verifiedAt" />}>
          <InstantText at={verifiedAt} show="local" />
        </Fact>
      </Facts>
    </Panel>
  );
};
