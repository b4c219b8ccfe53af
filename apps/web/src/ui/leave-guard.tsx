import { useBlocker } from '@tanstack/react-router';
import { Text } from '@mantine/core';
import { Words } from '../words/words.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

/** Asks before a form with unsaved changes is left, by a link, by Back or by closing the tab. */
export const LeaveGuard = ({ unsaved }: { unsaved: boolean }) => {
  const blocker = useBlocker({
    // A change of the search part alone (another tab of the same page) keeps the form.
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: unsaved,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <ConfirmDialog
      title={<Words id="ui.leave.title" />}
      act={<Words id="ui.leave.leave" />}
      safeWay={<Words id="ui.leave.stay" />}
      onAct={blocker.proceed}
      onClose={blocker.reset}
      size="md"
    >
      <Text>
        <Words id="ui.leave.text" />
      </Text>
    </ConfirmDialog>
  );
};
