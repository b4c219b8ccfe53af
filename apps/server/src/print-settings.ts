import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isSecret, settingNames, settings } from './settings.ts';

/** Where the table of settings lies in the repository. */
export const settingsDocument = fileURLToPath(new URL('../../../docs/settings.md', import.meta.url));

/** The table of the console's settings as a document (product 16.2). */
export function settingsTable(): string {
  const rows = settingNames.map((name) => {
    const { about, unset } = settings[name];
    const names = isSecret(name) ? `\`${name}\`<br>or \`${name}_FILE\`` : `\`${name}\``;
    return `| ${names} | ${about} | ${unset} |`;
  });
  return `# Settings of the console

Every setting is an environment variable. All are checked at start; one that is missing, malformed or unsafe is named, and
the console does not start. A setting with \`_FILE\` may instead lie in a file, whose path is given. An empty variable counts
as not set.

This page is written by \`node apps/server/src/print-settings.ts\`.

| setting | what it does | when not set |
| --- | --- | --- |
${rows.join('\n')}

## Fixed numbers

| what | number |
| --- | --- |
| absolute life of a session | 12 hours |
| a started sign-in | 10 minutes, used once |
| request body, address, headers | 64 KiB, 8 KiB, 16 KiB |
| headers of a request must arrive within | 10 seconds |
| a request must arrive within | 15 seconds |
| after a signal to stop: not ready, and still answering; then running requests | 0.75 seconds; 13 seconds |
| sign-ins begun, and finished, from one address (IPv6: one /64) | \`SIGN_IN_LIMIT\` in 10 minutes |
| clients created, secrets generated, clients deleted, by one person | 1,000 each in an hour |
| records of failed sign-ins from one address | 30 in 10 minutes; the rest is only logged |
| records of refused calls of one person, by operation | 5 a minute; the rest is only logged |
`;
}

if (import.meta.main) writeFileSync(settingsDocument, settingsTable());
