import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { act, cleanup, render } from '@testing-library/react';
import type { SessionView } from '@latchkey/contract/console-api/session';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';
import first from 'virtual:words/en/first';
import rest from 'virtual:words/en/rest';
import { SessionContext } from '../session/session.tsx';
import { Announcer } from '../ui/announce.tsx';
import { theme } from '../ui/theme/theme.ts';
import { WordsProvider } from '../words/words-provider.tsx';

afterEach(cleanup);

/** A signed-in administrator of an embedded Platform. */
export const aSession = (changes: Partial<SessionView> = {}): SessionView => ({
  person: { id: 'ada', name: 'Ada Lindqvist', email: 'ada@northwind.example' },
  permissions: ['oauth:client:view', 'oauth:client:add', 'oauth:client:edit', 'oauth:client:delete'],
  roles: [{ roleId: 'runner', roleName: 'Runner', divisionId: '*', divisionName: 'All divisions' }],
  organization: { id: 'org', name: 'Northwind', hipaa: false },
  platform: {
    kind: 'embedded',
    address: 'http://127.0.0.1:4000',
    tokenUrl: 'http://127.0.0.1:4000/oauth/token',
    capabilities: {
      severalGrantTypes: true,
      overlappingSecrets: true,
      restore: true,
      usageBySecret: true,
      revokeTokens: true,
      allowedIpRanges: true,
      changeFeed: true,
      scopesNarrowRoles: true,
      deleteNeedsEdit: false,
    },
  },
  grantors: ['Admin'],
  ends: {
    idleSeconds: 900,
    idleEndsAt: '2026-11-21T12:15:00.000Z',
    absoluteEndsAt: '2026-11-22T00:00:00.000Z',
    now: '2026-11-21T12:00:00.000Z',
  },
  ...changes,
});

/**
 * Shows a part of the page as the frame does: words, theme, router, the signed-in person. Resolves when the router has
 * shown it. `elsewhere` is another page to try to go to.
 */
export async function inFrame(part: ReactNode, session: SessionView = aSession(), { timeZone = 'UTC' } = {}) {
  const root = createRootRoute({ component: Outlet });
  const here = createRoute({ getParentRoute: () => root, path: '/', component: () => part });
  const elsewhere = createRoute({ getParentRoute: () => root, path: '/elsewhere', component: () => <p>Elsewhere</p> });
  const router = createRouter({
    routeTree: root.addChildren([here, elsewhere]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
    defaultPendingMs: 0,
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const shown = await act(async () => {
    const view = render(
      <QueryClientProvider client={queryClient}>
        <WordsProvider locale="en-GB" messages={{ ...first, ...rest }} timeZone={timeZone}>
          <MantineProvider theme={theme} env="test">
            <SessionContext session={session}>
              {/* The router of a test has other pages than the product's, whose type is registered. */}
              <RouterProvider router={router as never} />
            </SessionContext>
            <Announcer />
          </MantineProvider>
        </WordsProvider>
      </QueryClientProvider>,
    );
    await router.load();
    return view;
  });
  return { ...shown, router, queryClient };
}
