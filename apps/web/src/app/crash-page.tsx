import { Button, Stack, Text, Title } from '@mantine/core';
import { Fault } from '@latchkey/contract/faults';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { Words } from '../words/words.tsx';

/**
 * A page that stopped: what happened, what was kept, what to do (product 15.3). A chunk that cannot be fetched after an
 * update of the server ends here too; loading again gets the new one.
 */
export const CrashPage = ({ error }: { error: unknown }) => (
  <Stack gap="md" maw="44rem" mx="auto" p="lg" align="flex-start">
    <Title order={1}>
      <Words id="app.crash.title" />
    </Title>
    <Text>
      <Words id="app.crash.kept" />
    </Text>
    <FaultNotice error={error} takeFocus>
      <Button size="xs" onClick={() => window.location.reload()}>
        <Words id="app.crash.reload" />
      </Button>
      <Button size="xs" variant="default" component="a" href="/clients">
        <Words id="app.crash.home" />
      </Button>
    </FaultNotice>
    {!(error instanceof Fault) && (
      <Text size="xs" c="dimmed" ff="monospace">
        {error instanceof Error ? error.name : null}
      </Text>
    )}
  </Stack>
);
