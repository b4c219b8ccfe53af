import type { Reveal } from '@latchkey/contract/console-api/models';
import { changed } from '@latchkey/wire/queries';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { SecretActsContext } from '../../../secret-acts.ts';
import { wantHeadingFocus } from '../../../ui/page-heading.ts';
import { needWords } from '../../../words/catalogue.ts';
import { giveUp } from './given-up.ts';
import { tellAcknowledged } from './other-tabs.ts';
import type { Acknowledged, Receipt } from './receipt.ts';
import { ReceiptContext } from './receipt-place.tsx';
import { useReveals } from './use-reveals.ts';

// Most visits show no secret. Before one is made, `sealed` has fetched what shows it, words included.
const RevealDialog = lazy(async () => {
  const [{ RevealDialog: shown }] = await Promise.all([import('./reveal-dialog.tsx'), needWords('rest')]);
  return { default: shown };
});
const GenerateForClient = lazy(async () => {
  const [{ GenerateForClient: shown }] = await Promise.all([
    import('../generate/generate-for-client.tsx'),
    needWords('rest'),
  ]);
  return { default: shown };
});

/**
 * Stands around the pages: gives them the acts on secrets, and shows what waits to be shown. After signing in and after
 * a reload it asks the server once which secrets wait for this session, so that none is lost (product 5.3).
 */
export const PendingReveals = ({ children }: { children: ReactNode }) => {
  const queryClient = useQueryClient();
  const { acts, waiting, drop } = useReveals();
  const [acknowledged, setAcknowledged] = useState<Acknowledged | null>(null);
  const [generateFor, setGenerateFor] = useState<string | null>(null);
  const first = waiting[0];
  const note = useMemo(() => acknowledged && { acknowledged, onClose: () => setAcknowledged(null) }, [acknowledged]);
  // Whatever had the focus before the dialog may be gone: the page's heading takes it.
  const hadDialog = useRef(false);
  useEffect(() => {
    if (hadDialog.current && !first) wantHeadingFocus();
    hadDialog.current = first !== undefined;
  }, [first]);
  // What was said on one page is not carried to the next.
  const page = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => () => setAcknowledged(null), [page]);

  const done = useCallback(
    (reveal: Reveal, receipt: Receipt | null, clipboardHeld: boolean) => {
      drop(reveal.id);
      tellAcknowledged(reveal.id);
      void import('./reveal-key.ts').then(({ dropPrivateKey }) => dropPrivateKey(reveal.keyThumbprint));
      setAcknowledged({ clientName: reveal.clientName, storedWhere: receipt?.storedWhere ?? '', clipboardHeld });
      void changed(queryClient, 'clients', 'secrets', 'history');
    },
    [drop, queryClient],
  );

  const leave = (id: string) => {
    giveUp(id);
    drop(id);
  };

  return (
    <SecretActsContext value={acts}>
      <ReceiptContext value={note}>{children}</ReceiptContext>
      <Suspense>
        {first && (
          <RevealDialog
            key={first.id}
            reveal={first}
            onDone={(receipt, clipboardHeld) => done(first, receipt, clipboardHeld)}
            onGiveUp={() => leave(first.id)}
            onGenerate={() => {
              leave(first.id);
              setGenerateFor(first.clientId);
            }}
          />
        )}
        {!first && generateFor && <GenerateForClient clientId={generateFor} onClose={() => setGenerateFor(null)} />}
      </Suspense>
    </SecretActsContext>
  );
};
