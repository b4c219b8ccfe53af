import { createRouter } from '@tanstack/react-router';
import { CrashPage } from './crash-page.tsx';
import { parseSearch, stringifySearch } from './flat-search.ts';
import { pages } from './pages.tsx';
import { PageSkeleton } from '../ui/skeletons.tsx';

/** Addresses and pages; a link to a page that is not there does not compile. */
export const router = createRouter({
  routeTree: pages,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 150,
  defaultErrorComponent: CrashPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
