import { Button } from '@mantine/core';
import { Fault } from '@latchkey/contract/faults';
import { Link } from '@tanstack/react-router';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { Words } from '../../../words/words.tsx';
import { outcomeOf } from './outcome.ts';

/**
 * Creating failed: what that means for the next try. Where something may have been made, trying again sends the same
 * request, which makes one client and not two.
 */
export const SaveFault = ({
  error,
  onRetry,
  onNewRequest,
}: {
  error: unknown;
  onRetry: () => void;
  onNewRequest: () => void;
}) => {
  const outcome = outcomeOf(error);
  // Faults with a field are shown at the field.
  if (error instanceof Fault && error.code === 'input.invalid' && (error.extra.fields?.length ?? 0) > 0) return null;
  return (
    <FaultNotice error={error} takeFocus {...(outcome === 'unknown' && { retry: onRetry })}>
      {outcome === 'unknown' && <Words id="create.retryIsSafe" />}
      {outcome === 'other-request' && (
        <>
          <Button size="xs" variant="default" component={Link} to="/clients">
            <Words id="create.lookFirst" />
          </Button>
          <Button size="xs" variant="default" onClick={onNewRequest}>
            <Words id="create.asNew" />
          </Button>
        </>
      )}
    </FaultNotice>
  );
};
