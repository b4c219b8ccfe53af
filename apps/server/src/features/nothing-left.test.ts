import { randomUUID } from 'node:crypto';
import { consoleApi } from '@latchkey/contract/console-api/table';
import { withClient } from '@latchkey/database/provision';
import { connect } from '@latchkey/wire/connect';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseOf } from '@latchkey/database/pool';
import { publicKeys } from '../audit/signed-heads.ts';
import { isSound, verifyAudit } from '../audit/verify.ts';
import { signEndOfAudit } from '../features.ts';
import { expireReveals } from '../jobs/expire-reveals.ts';
import { aForm, aPage } from '../testing/a-client.ts';
import { auditOf } from '../testing/audit-of.ts';
import { startConsoleAndPlatform, type ConsoleAndPlatform } from '../testing/console-and-platform.ts';

let both: ConsoleAndPlatform;
beforeAll(async () => {
  both = await startConsoleAndPlatform({ logLevel: 'trace', platformSettings: { LOG_LEVEL: 'trace' } });
});
afterAll(async () => {
  await both?.stop();
});

/** Everything in a database, as text. */
const dump = (url: string): Promise<string> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const tables = [];
    for (const { name } of rows)
      tables.push(
        (await client.query<{ text: string }>(`SELECT coalesce(string_agg(t::text, E'\n'), '') AS text FROM ${name} t`))
          .rows[0]?.text,
      );
    return tables.join('\n');
  });

/** A secret in every dress that it could wear: as is, in pieces of twelve, encoded, backwards. */
function dresses(secret: string): string[] {
  const pieces = Array.from({ length: secret.length - 11 }, (_, from) => secret.slice(from, from + 12));
  const bytes = Buffer.from(secret);
  const encoded = [0, 1, 2].flatMap((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
    return [shifted.toString('base64').slice(4, -4), shifted.toString('base64url').slice(4, -4)];
  });
  return [...pieces, ...encoded, bytes.toString('hex'), [...secret].toReversed().join('')];
}

test('after a run no secret is in any log, row, answer or event, and every change is one event (K-01, K-02, product 5.4)', async () => {
  const { browser } = await both.signIn('admin');
  const answers: string[] = [];
  const api = connect(consoleApi, `${both.console.url}/api`, async (url, init) => {
    const response = await browser.fetch(url, init);
    if (response.status === 204) return response;
    const text = await response.text();
    answers.push(text, JSON.stringify([...response.headers]));
    if (text.includes('"sealed"')) expect(response.headers.get('cache-control')).toBe('no-store');
    return new Response(text, { status: response.status, headers: response.headers });
  });
  const keyed = () => ({ headers: { 'idempotency-key': randomUUID() } });
  const secrets: string[] = [];
  let changes = 0;
  for (let round = 0; round < 3; round += 1) {
    const page = await aPage();
    const name = `Run ${round}`;
    const { client, reveal } = await api.clients.create(
      { body: { client: aForm({ name }), revealKey: page.revealKey } },
      keyed(),
    );
    const params = { clientId: client.id };
    secrets.push(await page.open(reveal.sealed));
    await api.reveals.list();
    await api.reveals.note({ params: { revealId: reveal.id }, body: { way: 'copied', form: 'env' } });
    if (round > 0) await api.reveals.acknowledge({ params: { revealId: reveal.id }, body: { storedWhere: 'Vault' } });
    const generated = await api.secrets.generate(
      { params, body: { reason: 'scheduled', revealKey: page.revealKey } },
      keyed(),
    );
    secrets.push(await page.open(generated.reveal.sealed));
    await api.secrets.list({ params });
    const { version } = await api.clients.read({ params });
    const edited = await api.clients.edit(
      { params, body: { version, client: aForm({ name, description: 'x' }) } },
      keyed(),
    );
    const off = await api.clients.deactivate({ params, body: { version: edited.version } }, keyed());
    await api.clients.reactivate({ params, body: { version: off.version } }, keyed());
    await api.clients.list({ query: { q: name } });
    await api.history.ofClient({ params, query: {} });
    changes += 5;
    if (round === 2) {
      await api.clients.delete(
        { params, body: { version: edited.version, meaning: 'final', confirmName: name } },
        keyed(),
      );
      changes += 1;
    }
  }
  both.console.clock.turn(901);
  await expireReveals(both.console.console.parts);
  await signEndOfAudit(both.console.console.parts);

  const everything = {
    'the console’s database': await dump(both.console.databaseUrl),
    'the Platform’s database': await dump(both.platform.databaseUrl),
    'the console’s log': both.console.logged.join(''),
    'the Platform’s log': both.platform.output.join(''),
    'the answers': answers.join('\n'),
  };
  expect(secrets).toHaveLength(6);
  for (const secret of secrets) {
    expect(dresses(secret).filter((dress) => `before ${secret} after`.includes(dress)).length).toBeGreaterThan(40);
    for (const [where, text] of Object.entries(everything)) {
      expect(text.length, where).toBeGreaterThan(500);
      expect(
        dresses(secret).filter((dress) => text.includes(dress)),
        where,
      ).toEqual([]);
    }
  }

  const kinds = /^(client\.(created|edited|deactivated|reactivated|deleted)|secret\.generated)$/;
  const recorded = (await auditOf(both.console)).filter(
    ({ action, outcome }) => kinds.test(action) && outcome === 'succeeded',
  );
  expect(recorded).toHaveLength(changes);
  const { pool, keys, config } = both.console.console.parts;
  const db = databaseOf(pool);
  expect(isSound(await verifyAudit(db, await publicKeys({ db, keys }), config.auditAnchorFile))).toBe(true);
});
