import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { webSettings } from '../test/a-client.ts';
import {
  auditActions,
  AuditEvent,
  auditGenesis,
  canonicalJson,
  eventCode,
  eventsOfChanges,
  linkHash,
  verifyChain,
  type ChainHead,
} from './audit.ts';
import { changesBetween } from './change.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** Chains events over the given contents, from `from` on. */
function chainOf(
  contents: readonly Partial<AuditEvent>[],
  from: ChainHead = { seq: 0, hash: auditGenesis },
): AuditEvent[] {
  let head = from;
  return contents.map((content) => {
    const event: Omit<AuditEvent, 'hash'> & { hash?: string } = {
      at: '2026-11-21T12:00:00.000Z',
      actor: { kind: 'person', id: 'p1', name: 'Ada', issuer: 'http://127.0.0.1:4000' },
      session: 'a1b2',
      address: '127.0.0.1',
      action: 'client.edited',
      client: { id: 'c1', name: 'Dashboard' },
      outcome: 'succeeded',
      reason: null,
      changes: [{ field: 'name', before: 'Old', after: 'New' }],
      details: {},
      requestId: 'r1',
      ...content,
      seq: head.seq + 1,
      previousHash: head.hash,
    };
    delete event.hash;
    head = { seq: event.seq, hash: linkHash(event, sha256) };
    return { ...event, hash: head.hash };
  });
}

const content = fc.record({
  at: fc
    .date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  action: fc.constantFrom(...auditActions),
  reason: fc.option(fc.string({ unit: 'binary' })),
  details: fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<AuditEvent['details']>,
  requestId: fc.uuid(),
});
const chains = fc.array(content, { minLength: 2, maxLength: 20 }).map((contents) => chainOf(contents));
/** A chain and a place in it. */
const places = chains.chain((chain) =>
  fc.record({ chain: fc.constant(chain), at: fc.nat(chain.length - 1), random: fc.nat() }),
);

const headOf = (chain: readonly AuditEvent[]): ChainHead => ({
  seq: chain.length,
  hash: chain.at(-1)?.hash ?? auditGenesis,
});
const verdictOn = (events: readonly AuditEvent[], original: readonly AuditEvent[]) =>
  verifyChain(events, { sha256, expectedHead: headOf(original) });

/** The event at a place, which is always there. */
const eventAt = (chain: readonly AuditEvent[], at: number): AuditEvent => {
  const event = chain[at];
  if (event === undefined) throw new RangeError('no such place');
  return event;
};

describe('the chain', () => {
  test('verifies as it was written, also after its way through JSON', async () => {
    await fc.assert(
      fc.asyncProperty(chains, async (chain) => {
        const expected = { ok: true, count: chain.length, head: headOf(chain) };
        expect(await verdictOn(chain, chain)).toEqual(expected);
        expect(await verdictOn(JSON.parse(JSON.stringify(chain)) as AuditEvent[], chain)).toEqual(expected);
      }),
    );
  });

  test('is empty without an event, and begins at a checkpoint after a purge', async () => {
    expect(await verifyChain([], { sha256 })).toEqual({ ok: true, count: 0, head: { seq: 0, hash: auditGenesis } });
    const chain = chainOf([{}, {}, {}, {}]);
    const checkpoint = { seq: 2, hash: eventAt(chain, 1).hash };
    expect(
      await verifyChain(chain.slice(2), { sha256, genesis: checkpoint, expectedHead: headOf(chain) }),
    ).toMatchObject({ ok: true, count: 2 });
    expect(await verifyChain(chain.slice(2), { sha256 })).toEqual({ ok: false, seq: 1, why: 'sequence' });
  });

  test('is read from a stream as well', async () => {
    const chain = chainOf([{}, {}]);
    async function* stream() {
      yield* chain;
    }
    expect(await verifyChain(stream(), { sha256 })).toMatchObject({ ok: true, count: 2 });
  });

  type Place = { chain: AuditEvent[]; at: number; random: number };
  /** Ways to tamper: the tampered chain, and the number of the first bad record. */
  const kinds: Record<string, (place: Place) => { events: AuditEvent[]; first: number } | null> = {
    'one character of a field': ({ chain, at, random }) => {
      const events = structuredClone(chain);
      const event = eventAt(events, at);
      const fields = ['requestId', 'at', 'action', 'previousHash', 'hash'] as const;
      const field = fields[random % fields.length] ?? 'hash';
      const place = random % event[field].length;
      const letter = event[field].charAt(place) === 'x' ? 'y' : 'x';
      Object.assign(event, { [field]: event[field].slice(0, place) + letter + event[field].slice(place + 1) });
      return { events, first: at + 1 };
    },
    'a field inside': ({ chain, at }) => {
      const events = structuredClone(chain);
      eventAt(events, at).changes = [{ field: 'name', before: 'Old', after: 'Never' }];
      return { events, first: at + 1 };
    },
    'a record rewritten together with its hash': ({ chain, at }) => {
      const { seq, previousHash, ...rest } = eventAt(chain, at);
      const forged = chainOf([{ ...rest, requestId: 'forged' }], { seq: seq - 1, hash: previousHash });
      return { events: chain.toSpliced(at, 1, ...forged), first: at === chain.length - 1 ? at + 1 : at + 2 };
    },
    'a member more': ({ chain, at }) => {
      const events = structuredClone(chain);
      Object.assign(eventAt(events, at), { note: '' });
      return { events, first: at + 1 };
    },
    'a timestamp': ({ chain, at }) => {
      const events = structuredClone(chain);
      eventAt(events, at).at = '2025-01-01T00:00:00.000Z';
      return { events, first: at + 1 };
    },
    'a record deleted': ({ chain, at }) => ({ events: chain.toSpliced(at, 1), first: at + 1 }),
    'the last records deleted': ({ chain, at }) => ({ events: chain.slice(0, at), first: at + 1 }),
    'two records swapped': ({ chain, at, random }) => {
      const other = random % chain.length;
      if (other === at) return null;
      const events = chain.with(at, eventAt(chain, other)).with(other, eventAt(chain, at));
      return { events, first: Math.min(at, other) + 1 };
    },
    'a record inserted': ({ chain, at }) => {
      const forged = chainOf([{ requestId: 'forged' }], {
        seq: at,
        hash: at === 0 ? auditGenesis : eventAt(chain, at - 1).hash,
      });
      // The forged record is sound in itself; the true one after it does not fit any more, or the known head does not.
      return { events: chain.toSpliced(at, 0, ...forged), first: at === chain.length - 1 ? at + 1 : at + 2 };
    },
    'a record doubled': ({ chain, at }) => ({ events: chain.toSpliced(at, 0, eventAt(chain, at)), first: at + 2 }),
    'an older copy': ({ chain, at }) => ({ events: chain.slice(0, at), first: at + 1 }),
  };

  test.each(Object.entries(kinds))('finds %s and names the first bad record', async (_title, tamper) => {
    await fc.assert(
      fc.asyncProperty(places, async (place) => {
        const tampered = tamper(place);
        fc.pre(tampered !== null);
        const { events, first } = tampered;
        expect(await verdictOn(events, place.chain)).toMatchObject({ ok: false, seq: first });
      }),
      { numRuns: 100 },
    );
  });

  test('finds a rest that was rewritten, at the first head that is known from elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(places, async ({ chain, at, random }) => {
        const before = chain.slice(0, at);
        const rewritten = [
          ...before,
          ...chainOf(
            chain.slice(at).map((event) => ({ ...event, reason: 'rewritten' })),
            headOf(before),
          ),
        ];
        const known = at + (random % (chain.length - at));
        const heads = chain.filter((event) => event.seq === known + 1 || event.seq === chain.length);
        expect(await verifyChain(rewritten, { sha256, expectedHead: heads })).toEqual({
          ok: false,
          seq: known + 1,
          why: 'head',
        });
        expect(await verifyChain(rewritten, { sha256 })).toMatchObject({ ok: true });
      }),
      { numRuns: 100 },
    );
  });

  test('100,000 records are verified within six seconds', async () => {
    const chain = chainOf(Array.from({ length: 100_000 }, (_, index) => ({ requestId: String(index) })));
    const started = performance.now();
    expect(await verdictOn(chain, chain)).toMatchObject({ ok: true });
    expect(performance.now() - started).toBeLessThan(6_000);
  });
});

describe('canonical JSON', () => {
  test('is the one of RFC 8785', () => {
    // The example of section 3.2.2.
    const value: unknown = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('sorts names by their UTF-16 code units', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = Object.keys(JSON.parse(canonicalJson(Object.fromEntries(names.map((name) => [name, 0])))) as object);
    expect(sorted.filter((name) => name !== '1')).toEqual([
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
  });

  test('holds the same value, whatever the order of its members, and one text for it', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([name, member]) => [name, shuffled(member)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('keeps a broken text as an escape and leaves out what is undefined', () => {
    expect(canonicalJson({ b: '\ud800', a: undefined })).toBe('{"b":"\\ud800"}');
  });

  test.each([[NaN], [Infinity], [undefined], [1n], [new Date()], [new Map()], [() => 1], [[undefined]]])(
    'refuses %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );
});

describe('events', () => {
  test('have a code for each outcome', () => {
    expect(new Set(auditActions).size).toBe(auditActions.length);
    expect(eventCode('secret.generated', 'refused')).toBe('secret.generated.refused');
  });

  test('have the form that is kept', () => {
    const [event] = chainOf([{ details: { deep: [1, { a: null }] } }]);
    expect(AuditEvent.parse(event)).toEqual(event);
    expect(AuditEvent.safeParse({ ...event, seq: 0 }).success).toBe(false);
    expect(AuditEvent.safeParse({ ...event, action: 'client.admired' }).success).toBe(false);
  });

  test('of a change are separate for scopes, roles, addresses and duration, one each', () => {
    const before = webSettings({ scopes: ['a', 'b'] });
    const after = webSettings({
      name: 'N',
      description: 'D',
      scopes: ['a', 'c'],
      redirectUris: ['https://b.example/'],
      accessTokenValiditySeconds: 300,
    });
    const events = eventsOfChanges(changesBetween(before, after));
    expect(events.map(({ action }) => action)).toEqual([
      'client.edited',
      'scope.removed',
      'scope.added',
      'redirect_uri.removed',
      'redirect_uri.added',
      'token_duration.changed',
    ]);
    expect(events[0]?.changes.map(({ field }) => field)).toEqual(['name', 'description']);
  });
});
