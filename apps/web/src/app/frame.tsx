import { Outlet, useMatches, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { PendingReveals } from '../features/secrets/reveal/pending-reveals.tsx';
import { ReceiptPlace } from '../features/secrets/reveal/receipt-place.tsx';
import { Welcome } from '../features/welcome/welcome.tsx';
import { useMissing } from '../session/session.tsx';
import { SessionGate } from '../session/session-gate.tsx';
import { announce, Announcer } from '../ui/announce.tsx';
import { wantHeadingFocus } from '../ui/page-heading.ts';
import { useNoticesWanted } from '../ui/notices-wanted.ts';
import { useWords, Words } from '../words/words.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { Crumbs } from './crumbs.tsx';
import { usePageName } from '../ui/named-page.ts';
import type { PageFacts } from './page-facts.ts';
import { Rail } from './rail.tsx';
import { RefusedPage } from './refused-page.tsx';
import { TopBar } from './top-bar.tsx';
import { Waiting } from './waiting.tsx';
import styles from './frame.module.css';

const Notices = lazy(() => import('./notices.tsx'));

/** What stands around every page: rail, top bar, breadcrumbs; and before it, the question who is signed in. */
export const Frame = () => (
  <>
    <SessionGate
      waiting={<Waiting />}
      signedOut={(reason) => <Welcome reason={reason} />}
      failed={(error, retry) => <Welcome reason={null} error={error} retry={retry} />}
    >
      <PendingReveals>
        <Shell />
      </PendingReveals>
    </SessionGate>
    <Announcer />
    {useNoticesWanted() && (
      <Suspense>
        <Notices />
      </Suspense>
    )}
  </>
);

const Shell = () => {
  const page = usePage();
  const [narrow, setNarrow] = useNarrowRail();
  usePageTitle(page);
  useArrivals(page);
  return (
    <div className={styles['frame']} data-narrow={narrow || undefined}>
      <a href="#content" className={styles['skip']}>
        <Words id="app.skip" />
      </a>
      <Rail narrow={narrow} onNarrow={setNarrow} />
      <div className={styles['side']}>
        <TopBar />
        <ConnectionNotice />
        <main id="content" tabIndex={-1} data-framed className={styles['content']} data-wide={page?.wide || undefined}>
          <ReceiptPlace />
          {page && <Crumbs page={page} />}
          <Guarded page={page} />
        </main>
      </div>
    </div>
  );
};

/** The page, or why this person cannot see it. */
const Guarded = ({ page }: { page: PageFacts | undefined }) => {
  const missing = useMissing();
  const lacking = page?.reads.flatMap((row) => missing(row)) ?? [];
  return lacking.length > 0 ? <RefusedPage missing={[...new Set(lacking)]} /> : <Outlet />;
};

const usePage = (): PageFacts | undefined =>
  useMatches({ select: (matches) => matches.findLast((match) => match.staticData.page)?.staticData.page });

function usePageTitle(page: PageFacts | undefined): void {
  const say = useWords();
  const name = usePageName();
  const title = name ?? say(page?.title ?? 'app.notFound.title');
  useEffect(() => {
    document.title = say('app.title', { page: title });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words do not change under an open page
  }, [title]);
}

/** After a change of page: top of the page, focus on its heading, its title said. */
function useArrivals(page: PageFacts | undefined): void {
  const router = useRouter();
  const say = useWords();
  const title = say(page?.title ?? 'app.notFound.title');
  const said = say('app.pageShown', { page: title });
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return;
        wantHeadingFocus();
        announce(said);
      }),
    [router, said],
  );
}

const railKey = 'latchkey.rail';

function useNarrowRail(): [boolean, (narrow: boolean) => void] {
  const [narrow, setNarrow] = useState(() => localStorage.getItem(railKey) === 'narrow');
  return [
    narrow,
    (next) => {
      setNarrow(next);
      localStorage.setItem(railKey, next ? 'narrow' : 'wide');
    },
  ];
}
