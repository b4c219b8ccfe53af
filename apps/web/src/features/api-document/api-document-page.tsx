import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { TextSkeleton } from '../../ui/skeletons.tsx';
import { useWords, Words } from '../../words/words.tsx';
import { byFeature, readOpenApi } from './open-api.ts';
import { OperationCard } from './operation-card.tsx';

/** The console's own API, readable (product 16.5). */
export default function ApiDocumentPage() {
  const say = useWords();
  const { data, error, refetch } = useQuery({ queryKey: ['openapi'], queryFn: readOpenApi, staleTime: Infinity });
  const features = data ? [...byFeature(data)] : [];
  return (
    <>
      <PageHeader
        title={<Words id="api.title" />}
        about={<Words id="api.about" />}
        actions={
          <Button
            component="a"
            variant="default"
            href="/api/openapi.json"
            download
            leftSection={<Icon name="document" />}
          >
            <Words id="api.download" />
          </Button>
        }
      />
      {error && <FaultNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <TextSkeleton lines={8} />}
      {data && (
        <Stack gap="xl">
          <nav aria-label={say('api.features')}>
            <Group gap="md">
              {features.map(([feature]) => (
                <Anchor key={feature} size="sm" href={`#api-${feature}`}>
                  {feature}
                </Anchor>
              ))}
            </Group>
          </nav>
          {features.map(([feature, operations]) => (
            <section key={feature} aria-labelledby={`api-${feature}`}>
              <Title order={2} id={`api-${feature}`} mb="sm" style={{ scrollMarginTop: '4.5rem' }}>
                {feature}
              </Title>
              <Stack gap="sm">
                {operations.map((operation) => (
                  <OperationCard key={operation.operationId} operation={operation} />
                ))}
              </Stack>
            </section>
          ))}
          <Text c="dimmed" size="xs">
            {data.info.title} {data.info.version}
          </Text>
        </Stack>
      )}
    </>
  );
}
