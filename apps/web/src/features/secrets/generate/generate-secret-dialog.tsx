import type { ClientDetail } from '@latchkey/contract/console-api/models';
import type { RotationReason } from '@latchkey/domain/secret';
import { GenerateSecretForm } from './generate-secret-form.tsx';

/**
 * Asks why a new secret is generated and how long the old one shall still work, says exactly from when callers with the
 * old one are refused, then reveals the new one (product 7.1).
 */
export const GenerateSecretDialog = ({
  client,
  opened,
  onClose,
  reason = 'scheduled',
}: {
  client: ClientDetail;
  opened: boolean;
  onClose: () => void;
  /** The reason that is chosen at first. */
  reason?: RotationReason;
}) => (opened ? <GenerateSecretForm client={client} onClose={onClose} firstReason={reason} /> : null);
