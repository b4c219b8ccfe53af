import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { reads } from '../../../connection.ts';
import { useSession } from '../../../session/session.tsx';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { TextSkeleton } from '../../../ui/skeletons.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { CreatedClient } from './created-client.tsx';
import { CreateForm } from './create-form.tsx';
import { blankForm, duplicateOf } from './kept-form.ts';

const route = getRouteApi('/clients/new');

/** The wizard for a new client, blank or as a duplicate, and the confirmation after it (product 4.1, 4.7, 4.10). */
export default function CreatePage() {
  const { from, created } = route.useSearch();
  if (created) return <CreatedClient clientId={created} />;
  return from ? <Duplicate key={from} from={from} /> : <Blank />;
}

const Blank = () => {
  const { person } = useSession();
  return (
    <>
      <PageHeader title={<Words id="clients.add" />} about={<Words id="create.about" />} />
      <CreateForm name="create" begin={() => blankForm(person)} />
    </>
  );
};

const Duplicate = ({ from }: { from: string }) => {
  const say = useWords();
  const {
    data: client,
    error,
    refetch,
  } = useQuery({
    ...reads.clients.read({ params: { clientId: from } }),
    // The form begins once; what changes at the original later does not change what is typed.
    refetchOnWindowFocus: false,
  });
  return (
    <>
      <PageHeader
        title={<Words id="create.duplicate" />}
        about={client && <Words id="create.duplicate.about" values={{ name: <bdi>{client.name}</bdi> }} />}
      />
      {client ? (
        <CreateForm
          name={`create.${from}`}
          begin={() => duplicateOf(client, (name) => say('create.copyName', { name }))}
        />
      ) : error ? (
        <FaultNotice error={error} retry={() => void refetch()} />
      ) : (
        <TextSkeleton lines={6} />
      )}
    </>
  );
};
