import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { Words } from '../words/words.tsx';

/** There is no page at this address. */
export const NotFoundPage = () => (
  <EmptyState
    page
    icon="search"
    title={<Words id="app.notFound.title" />}
    action={
      <Button component={Link} to="/clients">
        <Words id="app.notFound.go" />
      </Button>
    }
  >
    <Words id="app.notFound.text" />
  </EmptyState>
);
