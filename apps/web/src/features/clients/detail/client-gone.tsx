import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Words } from '../../../words/words.tsx';

/** There is no such client: it never was, it is gone for good, or it was removed while the page was open. */
export const ClientGone = ({
  clientId,
  name,
  history,
}: {
  clientId: string;
  /** As the page knew it before it went. */
  name: string | null;
  /** What is kept of it. */
  history: ReactNode;
}) => (
  <>
    <PageHeader
      title={
        name === null ? (
          <Words id="detail.gone.title" />
        ) : (
          <Words id="detail.gone.named" values={{ name: <bdi>{name}</bdi> }} />
        )
      }
    />
    <EmptyState
      icon="search"
      title={<Words id="detail.gone.what" />}
      action={
        <Button component={Link} to="/clients">
          <Words id="app.notFound.go" />
        </Button>
      }
    >
      <Words id="detail.gone.text" values={{ id: <code>{clientId}</code> }} />
    </EmptyState>
    {history}
  </>
);
