import { canonicalJson } from './canonical-json.ts';

/**
 * The hash before the first event: 64 zeros, which is the SHA-256 of nothing that anybody knows. A chain whose old
 * events were purged begins at the last purged one instead (security L-05, L-15).
 */
export const auditGenesis = '0'.repeat(64);

/** The members that the chain needs; every other member is part of the hash as well. */
export interface Link {
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** A point of the chain that is known from elsewhere: a signed head or a checkpoint (security L-07, L-15). */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** SHA-256 of a text's UTF-8, as 64 lower-case hexadecimal digits. */
export type Sha256 = (text: string) => string;

/**
 * The hash of an event: SHA-256 of the canonical JSON of all its members except `hash`. The previous hash is among
 * them, which makes the chain.
 */
export const linkHash = (event: Omit<Link, 'hash'>, sha256: Sha256): string => sha256(canonicalJson(event));

export type ChainVerdict =
  | { readonly ok: true; readonly count: number; readonly head: ChainHead }
  | { readonly ok: false; readonly seq: number; readonly why: ChainFault };

/**
 * `sequence`: a record is missing, doubled or out of order. `link`: it does not follow the one before. `content`: its
 * content is not what was hashed. `truncated`: records are missing at the end. `head`: the chain is sound in itself,
 * but is not the one that the known head belongs to.
 */
export type ChainFault = 'sequence' | 'link' | 'content' | 'truncated' | 'head';

export interface ChainExpectations {
  readonly sha256: Sha256;
  /** Where the chain begins: `auditGenesis`, or the checkpoint before the first record. */
  readonly genesis?: string | ChainHead;
  /**
   * Heads known from elsewhere, in the order of their numbers. Without one, a truncation or a rewritten rest cannot be
   * told from the truth (security L-07).
   */
  readonly expectedHead?: ChainHead | readonly ChainHead[];
}

/** Reads a chain once from its beginning and names the first record that is not right (security L-05, L-06). */
export async function verifyChain(
  events: Iterable<Link> | AsyncIterable<Link>,
  { sha256, genesis = auditGenesis, expectedHead = [] }: ChainExpectations,
): Promise<ChainVerdict> {
  const start = typeof genesis === 'string' ? { seq: 0, hash: genesis } : genesis;
  const heads = new Map([expectedHead].flat().map(({ seq, hash }) => [seq, hash]));
  let head: ChainHead = start;
  const wrong = (why: ChainFault): ChainVerdict => ({ ok: false, seq: head.seq + 1, why });
  for await (const event of events) {
    const { hash, ...rest } = event;
    if (event.seq !== head.seq + 1) return wrong('sequence');
    if (event.previousHash !== head.hash) return wrong('link');
    if (linkHash(rest, sha256) !== hash) return wrong('content');
    const known = heads.get(event.seq);
    if (known !== undefined && known !== hash) return wrong('head');
    head = { seq: event.seq, hash };
  }
  const last = Math.max(start.seq, ...heads.keys());
  return last > head.seq ? wrong('truncated') : { ok: true, count: head.seq - start.seq, head };
}
