import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseOf, openPool, type Database } from '@latchkey/database/pool';
import { aDatabase, type TestDatabase } from '@latchkey/database/testing';
import { sqlState, transaction } from '@latchkey/database/transaction';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keysFrom } from '../keys.ts';
import { append, type NewEvent } from './append.ts';
import { publicKeys, signHead, type HeadParts } from './signed-heads.ts';
import { allEvents, isSound, verifyAudit, type Verdict } from './verify.ts';

const migrations = new URL('../storage/migrations/', import.meta.url);
const secret = randomBytes(32).toString('base64url');

let database: TestDatabase;
let folder: string;
let db: Database;
let parts: HeadParts;
beforeEach(async () => {
  [database, folder] = await Promise.all([aDatabase({ migrations }), mkdtemp(join(tmpdir(), 'latchkey-audit-'))]);
  db = databaseOf(openPool(database.url, { applicationName: 'audit tests', max: 20 }));
  parts = { db, keys: keysFrom([secret]), clock: () => new Date(), anchorFile: join(folder, 'deep', 'anchors.jsonl') };
});
afterEach(async () => {
  await db.$client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

const event = (more: Partial<NewEvent> = {}): NewEvent => ({
  actor: { kind: 'person', id: 'p', name: 'Ada', issuer: 'https://platform.example' },
  action: 'client.edited',
  outcome: 'succeeded',
  requestId: 'r',
  changes: [{ field: 'name', before: 'a', after: 'b' }],
  ...more,
});
const record = (...events: NewEvent[]) => transaction(db, (tx) => append(tx, events));
const verify = async (): Promise<Verdict> => verifyAudit(db, await publicKeys(parts), parts.anchorFile);
const found = async (): Promise<string> => {
  const verdict = await verify();
  if (isSound(verdict)) return 'sound';
  return verdict.chain.ok
    ? `heads ${verdict.badHeads.map(({ where }) => where).join()}`
    : `${verdict.chain.seq} ${verdict.chain.why}`;
};

/** What somebody could do who owns the database and not the key. */
async function tamper(statement: string): Promise<void> {
  const client = await db.$client.connect();
  try {
    await client.query(
      `SET ROLE ${new URL(database.url).username}_owner; ALTER TABLE audit_events DISABLE TRIGGER USER; ALTER TABLE audit_heads DISABLE TRIGGER USER; ${statement}; RESET ROLE`,
    );
  } finally {
    client.release(true);
  }
}

describe('the chain', () => {
  test('is contiguous and sound with many writers at once, and counts what was acknowledged (L-08)', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        for (let act = 0; act < 10; act += 1) await record(event(), event({ action: 'scope.added' }));
      }),
    );
    const verdict = await verify();
    expect(verdict.chain).toMatchObject({ ok: true, count: 400 });
  });

  test('keeps nothing of a transaction that was undone', async () => {
    await record(event());
    await expect(
      transaction(db, async (tx) => {
        await append(tx, [event()]);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await record(event());
    expect((await verify()).chain).toMatchObject({ ok: true, count: 2 });
  });

  test('holds any text, in one record, as it was hashed (L-12)', async () => {
    const texts = [
      'line\nbreak',
      '\u001B[31mred',
      'half \uD800 pair',
      'nul \0 nul',
      '\u202Eoverride',
      '{"level":"error"}',
      '👩‍👩‍👧',
      "'; DROP TABLE audit_events; --",
    ];
    await record(
      ...texts.map((text) => event({ reason: text, client: { id: text, name: text }, details: { [text]: text } })),
    );
    expect(await found()).toBe('sound');
    const reasons: (string | null)[] = [];
    for await (const { reason } of allEvents(db)) reasons.push(reason);
    expect(reasons).toEqual(texts.map((text) => text.toWellFormed().replace('\0', '\uFFFD')));
  });

  test.each([
    'UPDATE audit_events SET reason = $$x$$',
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'DELETE FROM audit_heads',
    'DELETE FROM audit_chain',
    'TRUNCATE audit_heads',
  ])('the console itself may not: %s (L-10)', async (statement) => {
    await record(event());
    const refused = await db.execute(sql.raw(statement)).then(() => 'done', sqlState);
    expect(refused).toBe('42501');
    expect(await found()).toBe('sound');
  });

  test('its owner does not change it by mistake either', async () => {
    await record(event());
    const client = await db.$client.connect();
    await client.query(`SET ROLE ${new URL(database.url).username}_owner`);
    for (const statement of [
      'UPDATE audit_events SET reason = NULL',
      'DELETE FROM audit_events',
      'TRUNCATE audit_events',
    ]) {
      await expect(client.query(statement)).rejects.toThrow('only grow');
    }
    client.release(true);
  });
});

describe('tampering', () => {
  beforeEach(async () => {
    await record(...Array.from({ length: 10 }, (_, index) => event({ reason: `reason ${index}` })));
    await signHead(parts);
    await record(event(), event());
  });

  test.each([
    ['a text', `UPDATE audit_events SET reason = 'other' WHERE seq = 4`, '4 content'],
    ['the time', `UPDATE audit_events SET at = at + interval '1 millisecond' WHERE seq = 5`, '5 content'],
    ['the actor', `UPDATE audit_events SET actor = actor || '{"name":"Eve"}' WHERE seq = 6`, '6 content'],
    ['a change', `UPDATE audit_events SET changes = '[]' WHERE seq = 7`, '7 content'],
    ['the client', `UPDATE audit_events SET client_id = 'x', client_name = 'x' WHERE seq = 7`, '7 content'],
    ['the first record taken away', 'DELETE FROM audit_events WHERE seq = 1', '1 sequence'],
    ['one in the middle taken away', 'DELETE FROM audit_events WHERE seq = 6', '6 sequence'],
    ['the last one taken away', 'DELETE FROM audit_events WHERE seq = 12', '12 truncated'],
    [
      'the last ones taken away, end and all',
      `DELETE FROM audit_events WHERE seq > 8; UPDATE audit_chain SET (seq, hash) = (SELECT seq, hash FROM audit_events WHERE seq = 8)`,
      '9 truncated',
    ],
    [
      'two swapped',
      'UPDATE audit_events SET seq = -3 WHERE seq = 3; UPDATE audit_events SET seq = 3 WHERE seq = 4; UPDATE audit_events SET seq = 4 WHERE seq = -3',
      '3 link',
    ],
    [
      'one doubled',
      'UPDATE audit_events SET seq = 13 WHERE seq = 12; INSERT INTO audit_events SELECT 12, at, actor, session, address, action, client_id, client_name, outcome, reason, changes, details, request_id, previous_hash, hash FROM audit_events WHERE seq = 11',
      '12 link',
    ],
    [
      'everything taken away',
      `DELETE FROM audit_events; DELETE FROM audit_heads; UPDATE audit_chain SET seq = 0, hash = repeat('0', 64)`,
      '1 truncated',
    ],
    [
      'a false head',
      `INSERT INTO audit_heads SELECT seq, 'f', now(), key_id, signature FROM audit_heads`,
      'heads database',
    ],
  ])('is found: %s (L-06, L-07)', async (_what, statement, verdict) => {
    expect(await found()).toBe('sound');
    await tamper(statement);
    expect(await found()).toBe(verdict);
  });

  test('is found when everything after a point was written anew by the rules, but without the key', async () => {
    const events: NewEvent[] = [];
    for await (const { seq: _seq, previousHash: _before, hash: _hash, ...kept } of allEvents(db)) events.push(kept);
    await tamper(`DELETE FROM audit_events; UPDATE audit_chain SET seq = 0, hash = repeat('0', 64)`);
    await record(...events.map((one, index) => (index === 4 ? { ...one, reason: 'never happened' } : one)));
    expect(await found()).toBe('10 head');
  });

  test('is found in the anchor file too, and a head signed with another key counts for nothing', async () => {
    await appendFile(parts.anchorFile, 'not a head\n');
    expect(await found()).toBe('heads anchor file');
    const [head = ''] = (await readFile(parts.anchorFile, 'utf8')).split('\n');
    await writeFile(parts.anchorFile, `${head.replace('"seq":10', '"seq":11')}\n`);
    expect(await found()).toBe('heads anchor file');
    const stranger = { ...parts, keys: keysFrom([randomBytes(32).toString('base64url')]) };
    await writeFile(parts.anchorFile, `${head}\n`);
    await signHead(stranger);
    expect(await found()).toContain('heads');
  });
});

describe('a signed head', () => {
  test('is written when something was recorded since, in both places', async () => {
    expect(await signHead(parts)).toBe(null);
    await record(event());
    expect(await signHead(parts)).toMatchObject({ seq: 1 });
    expect(await signHead(parts)).toBe(null);
    await record(event());
    await signHead(parts);
    expect((await readFile(parts.anchorFile, 'utf8')).trim().split('\n')).toHaveLength(2);
    expect(await found()).toBe('sound');
  });

  test('stays good when the secret is replaced by another, with the old one listed second for a while (K-24)', async () => {
    const fresh = randomBytes(32).toString('base64url');
    for (const secrets of [[secret], [fresh, secret], [fresh]]) {
      parts = { ...parts, keys: keysFrom(secrets) };
      await record(event());
      await signHead(parts);
      expect(await found()).toBe('sound');
    }
  });
});

describe('the command', () => {
  const run = (more: Record<string, string> = {}) =>
    new Promise<{ status: number; output: string }>((resolve) => {
      const env = {
        PATH: process.env['PATH'] ?? '',
        CONSOLE_DATABASE_URL: database.url,
        SESSION_SECRET: secret,
        AUDIT_ANCHOR_FILE: parts.anchorFile,
        ...more,
      };
      execFile(
        process.execPath,
        [fileURLToPath(new URL('verify-cli.ts', import.meta.url))],
        { env },
        (error, stdout, stderr) => {
          resolve({ status: error === null ? 0 : Number(error.code), output: stdout + stderr });
        },
      );
    });

  test('says that the audit is sound, names the first bad record, or says that it could not look', async () => {
    await record(event(), event(), event());
    await signHead(parts);
    expect(await run()).toEqual({
      status: 0,
      output: 'The audit is sound: 3 events are chained without a gap, and 2 signed heads agree.\n',
    });
    await tamper(`UPDATE audit_events SET reason = 'other' WHERE seq = 2`);
    expect(await run()).toEqual({
      status: 1,
      output: 'The audit is NOT sound: event 2: its content is not what was recorded.\n',
    });
    expect((await run({ CONSOLE_DATABASE_URL: '' })).status).toBe(2);
    const verifications = [];
    for await (const { action, outcome } of allEvents(db)) if (action === 'audit.verified') verifications.push(outcome);
    expect(verifications).toEqual(['succeeded', 'failed']);
  });
});
