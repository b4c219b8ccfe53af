import type { FeatureHandlers } from './api.ts';
import { signHead } from './audit/signed-heads.ts';
import type { Chore } from './chores.ts';
import { auditHandlers } from './features/audit/audit-handlers.ts';
import { choicesHandlers } from './features/choices/choices-handlers.ts';
import { clientHandlers } from './features/clients/client-handlers.ts';
import { historyHandlers } from './features/history/history-handlers.ts';
import { revealHandlers, secretHandlers } from './features/secrets/secret-handlers.ts';
import { freshenAsConsole } from './inventory/sync.ts';
import { expireReveals } from './jobs/expire-reveals.ts';
import { forgetOldWriting } from './jobs/forget.ts';
import { settleOpenIntentions } from './jobs/settle.ts';
import type { Parts } from './parts.ts';

/** What the features answer, side by side. */
export const featureHandlers = (parts: Parts): FeatureHandlers => ({
  choices: choicesHandlers(parts),
  clients: clientHandlers(parts),
  secrets: secretHandlers(parts),
  reveals: revealHandlers(parts),
  history: historyHandlers(parts),
  audit: auditHandlers(parts),
});

/** What the features do without anyone asking. */
export const featureChores = (parts: Parts): Chore[] => [
  { name: 'compare the client list', everySeconds: 10, run: () => freshenAsConsole(parts) },
  { name: 'expire reveals', everySeconds: 10, run: () => expireReveals(parts) },
  { name: 'settle intentions', everySeconds: 15, run: () => settleOpenIntentions(parts) },
  { name: 'sign the end of the audit', everySeconds: 300, run: () => signEndOfAudit(parts) },
  { name: 'forget old writing', everySeconds: 600, run: () => forgetOldWriting(parts) },
];

/** Signs the end of the audit; also done when the console stops (security L-07). */
export const signEndOfAudit = (parts: Parts): Promise<unknown> =>
  signHead({ ...parts, anchorFile: parts.config.auditAnchorFile });
