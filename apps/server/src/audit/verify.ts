import type { KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { verifyChain, type ChainHead, type ChainVerdict } from '@latchkey/domain/audit-chain';
import type { AuditEvent } from '@latchkey/domain/audit';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { sha256 } from './append.ts';
import { auditColumns, eventOf, type AuditRow } from './rows.ts';
import { headOf, isSigned, SignedHead } from './signed-heads.ts';

/** A head that cannot be trusted, and where it stands. */
export interface BadHead {
  readonly where: 'database' | 'anchor file';
  /** Number of the event in the database, of the line in the file. */
  readonly at: number;
}

/** What verifying found. */
export interface Verdict {
  readonly chain: ChainVerdict;
  readonly badHeads: readonly BadHead[];
  /** How many signed heads were compared. */
  readonly heads: number;
}

export const isSound = ({ chain, badHeads }: Verdict): boolean => chain.ok && badHeads.length === 0;

/**
 * Verifies the audit from its first event to its last, in a stream: every link, every signed head in the database and
 * in the anchor file (security L-05 to L-07). What is recorded meanwhile does no harm.
 *
 * @param publicKeys of heads that are trusted, by id
 */
export async function verifyAudit(
  db: NodePgDatabase,
  publicKeys: ReadonlyMap<string, KeyObject>,
  anchorFile: string,
): Promise<Verdict> {
  const badHeads: BadHead[] = [];
  const heads: ChainHead[] = [];
  for (const head of await headsInDatabase(db)) {
    if (isSigned(head, publicKeys)) heads.push(headOf(head));
    else badHeads.push({ where: 'database', at: head.seq });
  }
  let line = 0;
  for await (const text of linesOf(anchorFile)) {
    line += 1;
    const head = SignedHead.safeParse(jsonOf(text)).data;
    if (head !== undefined && isSigned(head, publicKeys)) heads.push(headOf(head));
    else badHeads.push({ where: 'anchor file', at: line });
  }
  const { rows } = await db.execute<{ seq: string; hash: string }>(sql`SELECT seq, hash FROM audit_chain`);
  const end = rows.map(({ seq, hash }) => ({ seq: Number(seq), hash })).filter(({ seq }) => seq > 0);
  const conflict = disagreement([...heads, ...end]);
  const chain = await verifyChain(allEvents(db), {
    sha256,
    expectedHead: [...heads, ...end].toSorted((a, b) => a.seq - b.seq),
  });
  return {
    chain: chain.ok && conflict !== null ? { ok: false, seq: conflict, why: 'head' } : chain,
    badHeads,
    heads: heads.length,
  };
}

/** The number of an event of which two heads say different things. */
function disagreement(heads: readonly ChainHead[]): number | null {
  const said = new Map<number, string>();
  for (const { seq, hash } of heads) {
    if ((said.get(seq) ?? hash) !== hash) return seq;
    said.set(seq, hash);
  }
  return null;
}

const eventsAtOnce = 2_000;

/** All events in their order, a batch at a time. */
export async function* allEvents(db: NodePgDatabase): AsyncGenerator<AuditEvent> {
  for (let last = 0; ;) {
    const { rows } = await db.execute<AuditRow>(
      sql`SELECT ${auditColumns} FROM audit_events WHERE seq > ${last} ORDER BY seq LIMIT ${eventsAtOnce}`,
    );
    for (const row of rows) yield eventOf(row);
    const end = rows.at(-1);
    if (end === undefined || rows.length < eventsAtOnce) return;
    last = Number(end.seq);
  }
}

async function headsInDatabase(db: NodePgDatabase): Promise<SignedHead[]> {
  const { rows } = await db.execute<{
    seq: string;
    hash: string;
    at: Date | string;
    key_id: string;
    signature: string;
  }>(sql`SELECT seq, hash, at, key_id, signature FROM audit_heads ORDER BY seq`);
  return rows.map(({ seq, hash, at, key_id, signature }) => ({
    seq: Number(seq),
    hash,
    at: new Date(at).toISOString(),
    keyId: key_id,
    signature,
  }));
}

async function* linesOf(path: string): AsyncGenerator<string> {
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() !== '') yield line;
    }
  } catch (error) {
    // Before the first head there is no file.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
