import type { ClientDetail, RefusalView } from '@latchkey/contract/console-api/models';
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useRefusalSentence } from '../../../ui/why-not.ts';
import { Words } from '../../../words/words.tsx';
import type { ClientAct } from '../detail/detail-search.ts';

/**
 * A link led to an act that is not possible: says why, and leads to what makes it possible (product 8.3: a client that
 * needs scopes and has none cannot be restored before scopes are assigned).
 */
export const RefusedDialog = ({
  act,
  client,
  refusal,
  onClose,
  onMend,
}: {
  act: ClientAct;
  client: ClientDetail;
  refusal: RefusalView;
  onClose: () => void;
  /** Goes where that is mended which stands against the act: the scopes, or the settings as a whole. */
  onMend: (field?: 'scopes') => void;
}) => {
  const sentence = useRefusalSentence();
  const narrow = useMediaQuery('(max-width: 30em)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      fullScreen={narrow}
      size="md"
      title={<Words id={`lifecycle.refused.${act}`} values={{ name: <bdi>{client.name}</bdi> }} />}
    >
      <Stack gap="md">
        <Text>{sentence(refusal)}</Text>
        {refusal.faults && refusal.faults.length > 0 && (
          <List size="sm" spacing={4}>
            {refusal.faults.map(({ field, message, remedy }) => (
              <List.Item key={`${field} ${message}`}>
                {message} {remedy}
              </List.Item>
            ))}
          </List>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            <Words id="ui.close" />
          </Button>
          {refusal.code === 'client.scopes_missing' && (
            <Button onClick={() => onMend('scopes')}>
              <Words id="lifecycle.refused.scopes" />
            </Button>
          )}
          {refusal.code === 'client.breaks_rules' && !client.refusals.edit && (
            <Button onClick={() => onMend()}>
              <Words id="detail.act.edit" />
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
};
