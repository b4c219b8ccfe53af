import { Modal } from '@mantine/core';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { useWords } from '../words/words.tsx';

/** Signing out did not work: one is still signed in, and can try again. */
export default function SignOutFailed({
  error,
  retry,
  onClose,
}: {
  error: unknown;
  retry: () => void;
  onClose: () => void;
}) {
  const say = useWords();
  return (
    <Modal opened onClose={onClose} title={say('app.signOut')} closeButtonProps={{ 'aria-label': say('ui.close') }}>
      <FaultNotice error={error} retry={retry} takeFocus />
    </Modal>
  );
}
