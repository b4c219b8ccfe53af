import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { DeactivateDialog } from './deactivate-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import type { LifecycleAct } from './lifecycle-act.ts';
import { ReturnDialog } from './return-dialog.tsx';

/** The dialog of the act that the address asks for. */
export const LifecycleDialog = ({
  act,
  client,
  onClose,
  onGone,
}: {
  act: LifecycleAct;
  client: ClientDetail;
  onClose: () => void;
  /** The client is gone for good. */
  onGone: () => void;
}) => {
  if (act === 'delete') return <DeleteDialog client={client} onClose={onClose} onGone={onGone} />;
  if (act === 'deactivate') return <DeactivateDialog client={client} onClose={onClose} />;
  return <ReturnDialog act={act} client={client} onClose={onClose} />;
};
