import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { Fault } from '@latchkey/contract/faults';
import { type ReactNode, useEffect, useRef } from 'react';
import { faultTitle, faultWords } from '../words/fault-words.ts';
import { useWords, Words } from '../words/words.tsx';
import { CopyButton } from './copy-button.tsx';
import { useDuration } from './duration-text.tsx';
import { Icon } from './icon.tsx';

/**
 * Something failed: what happened, what was kept, what to do now, and the correlation id with a copy button (product
 * 15.3). `retry` offers to try again. With `takeFocus` the notice is where the person goes on.
 */
export const FaultNotice = ({
  error,
  retry,
  takeFocus = false,
  children,
}: {
  /** Anything caught; what is no `Fault` is a fault of the page itself. */
  error: unknown;
  retry?: (() => void) | undefined;
  takeFocus?: boolean;
  /** More ways out. */
  children?: ReactNode;
}) => {
  const say = useWords();
  const duration = useDuration();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takeFocus) box.current?.focus();
  }, [takeFocus, error]);
  const fault = error instanceof Fault ? error : new Fault('server.failed');
  const { extra, problem } = fault;
  const { permissions = [], roles = [], grantors = [] } = extra;
  // The request never got an answer: it is the way to the console that failed, whatever is behind it.
  const lost = fault.code === 'platform.unreachable' && fault.cause !== undefined;
  const missing = Math.max(permissions.length, roles.length);
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="alert"
      color={problem.status >= 500 || problem.status === 429 ? 'amber' : 'red'}
      icon={<Icon name="warning" size={20} />}
      title={say(lost ? 'app.lost.title' : faultTitle(fault.code))}
      radius="md"
    >
      <Stack gap="xs" align="flex-start">
        <Text>{say(lost ? 'faults.lost' : error instanceof Fault ? faultWords(fault.code) : 'faults.other')}</Text>
        {extra.detail && extra.detail !== problem.title && !lost && <Text>{extra.detail}</Text>}
        {extra.remedy && <Text>{extra.remedy}</Text>}
        {permissions.length > 0 && (
          <Text>{say('ui.missingPermission', { count: permissions.length, permissions: permissions.join(', ') })}</Text>
        )}
        {roles.length > 0 && <Text>{say('ui.missingRoles', { count: roles.length, roles: roles.join(', ') })}</Text>}
        {missing > 0 && (
          <Text>
            {grantors.length > 0
              ? say('ui.grantors', { count: missing, roles: grantors.join(', ') })
              : say('ui.grantorsUnknown', { count: missing })}
          </Text>
        )}
        {extra.fields && extra.fields.length > 0 && (
          <List size="sm">
            {extra.fields.map(({ field, message, remedy }) => (
              <List.Item key={`${field} ${message}`}>
                {message} {remedy}
              </List.Item>
            ))}
          </List>
        )}
        {extra.retryAfterSeconds !== undefined && (
          <Text>{say('ui.retryAfter', { duration: duration(extra.retryAfterSeconds) })}</Text>
        )}
        {extra.correlationId && (
          <Group gap="xs">
            <Text span>
              <Words id="ui.correlation" />
            </Text>
            <Code>{extra.correlationId}</Code>
            <CopyButton compact text={extra.correlationId} thing={say('ui.correlation')} />
          </Group>
        )}
        {(retry || children) && (
          <Group gap="xs">
            {retry && (
              <Button variant="default" size="xs" leftSection={<Icon name="refresh" size={14} />} onClick={retry}>
                <Words id="ui.tryAgain" />
              </Button>
            )}
            {children}
          </Group>
        )}
      </Stack>
    </Alert>
  );
};
