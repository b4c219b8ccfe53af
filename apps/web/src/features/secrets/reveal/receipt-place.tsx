import { createContext, lazy, Suspense, useContext } from 'react';
import type { Acknowledged } from './receipt.ts';

/** The last acknowledged secret, until its note is closed or another page is opened. */
export const ReceiptContext = createContext<{ acknowledged: Acknowledged; onClose: () => void } | null>(null);

const ReceiptNote = lazy(async () => ({ default: (await import('./receipt-note.tsx')).ReceiptNote }));

/** Where the receipt of a secret is told: the frame puts it above the page, where it covers nothing. */
export const ReceiptPlace = () => {
  const receipt = useContext(ReceiptContext);
  return (
    receipt && (
      <Suspense>
        <ReceiptNote {...receipt.acknowledged} onClose={receipt.onClose} />
      </Suspense>
    )
  );
};
