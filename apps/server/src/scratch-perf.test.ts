import { randomUUID } from 'node:crypto';
import { test } from 'vitest';
import { startConsoleAndPlatform } from './testing/console-and-platform.ts';
import { testIds } from './testing/test-organization.ts';

test('perf', async () => {
  const n = Number(process.env['N'] ?? 100000);
  const clients = Array.from({ length: n }, (_, i) => ({
    id: randomUUID(), name: `Client ${i % 977} ${['Shop', 'Export', 'Bot', 'Payroll', 'Reporting'][i % 5]} ${i}`, description: `Registered by automation number ${i}`,
    authorizedGrantType: i % 2 ? 'CODE' : 'CLIENT-CREDENTIALS',
    ...(i % 2 ? { scope: ['users:readonly', 'analytics:readonly'], registeredRedirectUri: [`https://app${i}.example.com/callback`] } : { roleDivisions: [{ roleId: testIds.roles.reporting, divisionId: testIds.home }] }),
    accessTokenValiditySeconds: 3600, state: i % 50 === 0 ? 'inactive' : 'active', createdBy: { id: 'person-admin' }, dateCreated: new Date(Date.now() - i * 60000).toISOString(),
  }));
  const t0 = performance.now();
  const both = await startConsoleAndPlatform({ organization: { clients } });
  console.log('start', Math.round(performance.now() - t0));
  const admin = await both.signIn('admin');
  const time = async (label: string, work: () => Promise<{ total?: number; asOf?: string }>) => {
    const b = performance.now(); const r = await work(); console.log(label, Math.round(performance.now() - b), r.total, r.asOf ? Date.now() - Date.parse(r.asOf) : '');
  };
  await time('first list', () => admin.api.clients.list({ query: {} }));
  for (let i = 0; i < 3; i++) await time('list', () => admin.api.clients.list({ query: {} }));
  for (const q of ['shop', 'client 5', 'app777.example', 'zzz', 'pay', 'ex'] ) await time(`q=${q}`, () => admin.api.clients.list({ query: { q } }));
  for (const sort of ['dateCreated', 'owner', 'findings', 'roles', 'dateLastUsed'] as const) await time(`sort ${sort}`, () => admin.api.clients.list({ query: { sort, order: 'desc' } }));
  await time('states', () => admin.api.clients.list({ query: { states: ['deactivated'] } }));
  both.console.clock.turn(6);
  await time('feed refresh', () => admin.api.clients.list({ query: {} }));
  await new Promise((r) => setTimeout(r, 3000));
  await time('after', () => admin.api.clients.list({ query: {} }));
  both.console.clock.turn(600);
  await time('whole again (bg)', () => admin.api.clients.list({ query: {} }));
  for (let i = 0; i < 10; i++) { await new Promise((r) => setTimeout(r, 1000)); await time('during', () => admin.api.clients.list({ query: { q: 'shop' } })); }
  console.log('rss', Math.round(process.memoryUsage().rss / 1e6));
  await both.stop();
}, 600_000);
