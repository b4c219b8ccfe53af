/**
 * Verifies the audit: `node apps/server/src/audit/verify-cli.ts [--print-public-keys]`. Reads `CONSOLE_DATABASE_URL`,
 * `SESSION_SECRET` (both also as `…_FILE`) and `AUDIT_ANCHOR_FILE` or `DATA_DIR`. Ends with 0 when the audit is sound, 1
 * when it is not, 2 when it could not be read.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseOf, openPool } from '@latchkey/database/pool';
import { transaction } from '@latchkey/database/transaction';
import { keysFrom } from '../keys.ts';
import { append } from './append.ts';
import { publicKeys } from './signed-heads.ts';
import { isSound, verifyAudit, type Verdict } from './verify.ts';
import { verificationEvent } from './verification-event.ts';
import { consoleItself } from './who.ts';

async function main(): Promise<number> {
  const keys = keysFrom(
    needed('SESSION_SECRET')
      .split(',')
      .map((secret) => secret.trim()),
  );
  const anchorFile =
    process.env['AUDIT_ANCHOR_FILE'] || join(process.env['DATA_DIR'] || './data', 'audit-anchors.jsonl');
  const pool = openPool(needed('CONSOLE_DATABASE_URL'), { applicationName: 'latchkey audit', max: 2 });
  try {
    const db = databaseOf(pool);
    const trusted = await publicKeys({ db, keys });
    if (process.argv.includes('--print-public-keys')) {
      for (const [keyId, key] of trusted) say(`${keyId}\n${key.export({ type: 'spki', format: 'pem' }).toString()}`);
      return 0;
    }
    const verdict = await verifyAudit(db, trusted, anchorFile);
    for (const line of linesOf(verdict)) say(line);
    await transaction(db, (tx) => append(tx, [{ ...consoleItself(randomUUID()), ...verificationEvent(verdict) }]));
    return isSound(verdict) ? 0 : 1;
  } finally {
    await pool.end();
  }
}

const reasons = {
  sequence: 'a record is missing, doubled or out of order',
  link: 'it does not follow the one before',
  content: 'its content is not what was recorded',
  truncated: 'records are missing from here to the end',
  head: 'it is not the record that the signed head belongs to',
} as const;

function linesOf({ chain, badHeads, heads }: Verdict): string[] {
  const wrong = badHeads.map(
    ({ where, at }) =>
      `The head in the ${where} at ${where === 'database' ? `event ${at}` : `line ${at}`} is not signed by a key of this console.`,
  );
  if (!chain.ok) return [`The audit is NOT sound: event ${chain.seq}: ${reasons[chain.why]}.`, ...wrong];
  const sound = `${chain.count} events are chained without a gap, and ${heads} signed heads agree.`;
  return wrong.length === 0 ? [`The audit is sound: ${sound}`] : [`The audit is NOT sound. ${sound}`, ...wrong];
}

function needed(name: string): string {
  const file = process.env[`${name}_FILE`];
  const value = file ? readFileSync(file, 'utf8').trim() : process.env[name];
  if (!value) throw new Error(`${name} must be set`);
  return value;
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`The audit could not be read: ${error instanceof Error ? error.message : 'unknown'}\n`);
  process.exitCode = 2;
}
