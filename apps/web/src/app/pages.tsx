/**
 * Every page as a row: address, title, what it reads of the contract, where it stands. Rail, breadcrumb, document title,
 * the guard before the page and the access test read these rows; no page states a right of its own.
 *
 * To add a page:
 * 1. Write the component as the default export of `features/<feature>/<name>-page.tsx`. It begins with one `PageHeader`
 *    (the frame focuses it after a change of page), reads with `useQuery(reads.<feature>.<operation>(…))` of
 *    `connection.ts`, shows `FaultNotice` when that fails and a skeleton while it comes.
 * 2. Put its sentences into `words/en/<feature>.json` (a new file is also named in `words/ids.ts`) and say them with
 *    `<Words id="…" />` or `useWords()`.
 * 3. Add a row here. `reads` names the rows of the contract without which the page is of no use. A search part gets a
 *    reader made with `readSearch`, which drops what does not fit, member by member.
 * 4. A page that is named after what it shows calls `useNamedPage(client.name)`.
 *
 * Controls that a person may not use stay, disabled: `GuardedButton`, `GuardedMenuItem` with `row={consoleApi.…}` and
 * `refusal={client.refusals.…}`. Acts ask with `ConfirmDialog`, call `api.<feature>.<operation>(…)`, and end with
 * `changed(queryClient, 'clients')`. Forms keep what is typed with `useUnsavedDraft` and stand under a `LeaveGuard`.
 */
import { consoleApi } from '@latchkey/contract/console-api/table';
import { createRootRoute, createRoute, lazyRouteComponent, Navigate } from '@tanstack/react-router';
import { readCreateSearch } from '../features/clients/create/create-search.ts';
import { readDetailSearch } from '../features/clients/detail/detail-search.ts';
import { beginInventory } from '../features/clients/inventory/inventory-query.ts';
import { readInventorySearch } from '../features/clients/inventory/inventory-search.ts';
import { Frame } from './frame.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { oauthCrumbs } from './page-facts.ts';
import { needWords } from '../words/catalogue.ts';

/** Most words come with the first page that is not the inventory. */
const withAllWords = async <T,>(page: Promise<T>): Promise<T> => (await Promise.all([page, needWords('rest')]))[0];

const frame = createRootRoute({ component: Frame, notFoundComponent: NotFoundPage });

const start = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: () => <Navigate to="/clients" replace />,
});

/** Where the Platform sends people after signing out; whoever is signed in goes on to the clients. */
const signedOut = createRoute({
  getParentRoute: () => frame,
  path: '/signed-out',
  component: () => <Navigate to="/clients" replace />,
});

const inventory = createRoute({
  getParentRoute: () => frame,
  path: '/clients',
  validateSearch: readInventorySearch,
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => beginInventory(deps),
  component: lazyRouteComponent(() => import('../features/clients/inventory/inventory-page.tsx')),
  staticData: {
    page: {
      title: 'clients.title',
      reads: [consoleApi.clients.list],
      crumbs: oauthCrumbs,
      rail: { icon: 'clients', words: 'app.nav.clients' },
      wide: true,
    },
  },
});

const pendingRemoval = createRoute({
  getParentRoute: () => frame,
  path: '/clients/pending-removal',
  component: lazyRouteComponent(() => import('../features/clients/pending-removal/pending-removal-page.tsx')),
  staticData: {
    page: {
      title: 'clients.pending.title',
      reads: [consoleApi.clients.list],
      crumbs: oauthCrumbs,
      rail: { icon: 'hourglass', words: 'app.nav.pendingRemoval' },
    },
  },
});

const newClient = createRoute({
  getParentRoute: () => frame,
  path: '/clients/new',
  validateSearch: readCreateSearch,
  component: lazyRouteComponent(() => withAllWords(import('../features/clients/create/create-page.tsx'))),
  staticData: { page: { title: 'clients.add', reads: [consoleApi.clients.create], crumbs: oauthCrumbs } },
});

const client = createRoute({
  getParentRoute: () => frame,
  path: '/clients/$clientId',
  validateSearch: readDetailSearch,
  component: lazyRouteComponent(() => withAllWords(import('./client-page.tsx'))),
  staticData: { page: { title: 'clients.one', reads: [consoleApi.clients.read], crumbs: oauthCrumbs } },
});

const audit = createRoute({
  getParentRoute: () => frame,
  path: '/audit',
  component: lazyRouteComponent(() => withAllWords(import('../features/audit/audit-page.tsx'))),
  staticData: {
    page: {
      title: 'app.nav.audit',
      reads: [consoleApi.audit.verify],
      crumbs: [],
      rail: { icon: 'audit', words: 'app.nav.audit' },
    },
  },
});

const sessions = createRoute({
  getParentRoute: () => frame,
  path: '/sessions',
  component: lazyRouteComponent(() => withAllWords(import('../features/sessions/sessions-page.tsx'))),
  staticData: { page: { title: 'sessions.title', reads: [consoleApi.session.list], crumbs: [] } },
});

const apiDocument = createRoute({
  getParentRoute: () => frame,
  path: '/api-document',
  component: lazyRouteComponent(() => withAllWords(import('../features/api-document/api-document-page.tsx'))),
  staticData: { page: { title: 'api.title', reads: [], crumbs: [] } },
});

/** All pages, in the order of the rail. */
export const pages = frame.addChildren([
  start,
  signedOut,
  inventory,
  pendingRemoval,
  newClient,
  client,
  audit,
  sessions,
  apiDocument,
]);
