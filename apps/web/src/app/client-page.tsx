import { getRouteApi, useLocation } from '@tanstack/react-router';
import { DetailPage, type DetailSlots } from '../features/clients/detail/detail-page.tsx';
import { ClientHistory } from '../features/history/client-history.tsx';
import { GenerateSecretDialog } from '../features/secrets/generate/generate-secret-dialog.tsx';
import { SecretsTab } from '../features/secrets/list/secrets-tab.tsx';

const route = getRouteApi('/clients/$clientId');

const slots: DetailSlots = {
  secrets: (client, onGenerate) => <SecretsTab client={client} onGenerate={onGenerate} />,
  history: (clientId) => <ClientHistory clientId={clientId} />,
  generateSecret: (client, onClose) => <GenerateSecretDialog client={client} opened onClose={onClose} />,
};

/** The page of one client, put together from the features that know of clients, secrets and history. */
export default function ClientPage() {
  const { clientId } = route.useParams();
  const { tab, do: act } = route.useSearch();
  const field = useLocation({ select: ({ hash }) => hash });
  const navigate = route.useNavigate();
  return (
    <DetailPage
      key={clientId}
      slots={slots}
      place={{
        clientId,
        tab,
        act,
        field: field || undefined,
        onTab: (next) => void navigate({ search: { tab: next }, resetScroll: false }),
        onAct: (next, at) =>
          void navigate({
            search: (before) => ({ ...before, do: next }),
            ...(at && { hash: at }),
            // What was closed is not behind Back.
            replace: next === undefined,
            resetScroll: false,
          }),
        onDuplicate: () => void navigate({ to: '/clients/new', search: { from: clientId } }),
        onGone: () => void navigate({ to: '/clients', replace: true }),
      }}
    />
  );
}
