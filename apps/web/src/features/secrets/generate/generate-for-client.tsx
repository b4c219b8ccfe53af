import { useQuery } from '@tanstack/react-query';
import { reads } from '../../../connection.ts';
import { GenerateSecretDialog } from './generate-secret-dialog.tsx';

/** The dialog for a client of which only the id is known: after a secret that could not be shown. */
export const GenerateForClient = ({ clientId, onClose }: { clientId: string; onClose: () => void }) => {
  const { data: client } = useQuery(reads.clients.read({ params: { clientId } }));
  return client ? <GenerateSecretDialog client={client} opened onClose={onClose} reason="lost" /> : null;
};
