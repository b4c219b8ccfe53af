import type { Right } from '@latchkey/contract/route';
import type { IconName } from '../ui/icon.tsx';
import type { WordId } from '../words/ids.ts';

/** What the frame needs to know of a page, beside its address and its component. */
export interface PageFacts {
  /** Heading of the document's title, the breadcrumb and the announcement. A page may name itself better: `useNamedPage`. */
  readonly title: WordId;
  /** The rows of the contract that the page reads: whoever may not call one of them is told so instead. */
  readonly reads: readonly { permission: Right }[];
  /** The breadcrumbs before the page's own; each with its address where it has one. */
  readonly crumbs: readonly { readonly words: WordId; readonly to?: '/clients' }[];
  /** Stands in the rail; only for those who may call what it reads. */
  readonly rail?: { readonly icon: IconName; readonly words: WordId };
  /** Uses the whole width instead of at most 1,440 px. */
  readonly wide?: boolean;
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    page?: PageFacts;
  }
}

/** `Admin › Integrations › OAuth`, on the way to a page of the inventory. */
export const oauthCrumbs = [
  { words: 'app.crumb.admin' },
  { words: 'app.crumb.integrations' },
  { words: 'app.crumb.oauth', to: '/clients' },
] as const satisfies PageFacts['crumbs'];
