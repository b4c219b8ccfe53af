import { allPermissions, clientPermissions } from '@latchkey/domain/permission';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { consoleApi } from './console-api/table.ts';
import { faults } from './faults.ts';
import { permissionsIn } from './may-call.ts';
import { platformFaults } from './platform-api/faults.ts';
import { platformApi } from './platform-api/table.ts';
import type { Route, Table } from './route.ts';

const rows = (table: Table): [name: string, route: Route][] =>
  Object.entries(table).flatMap(([feature, operations]) =>
    Object.entries(operations).map(([operation, route]): [string, Route] => [`${feature}.${operation}`, route]),
  );

describe.each([
  ['the console table', consoleApi as Table, faults],
  ['the Platform table', platformApi as Table, platformFaults],
])('%s', (_, table, codes) => {
  it('has no two rows for the same method and path', () => {
    const seen = rows(table).map(([, { method, path }]) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(seen).toEqual([...new Set(seen)]);
  });

  it('names only permissions of the vocabulary and only faults that have a row', () => {
    for (const [name, route] of rows(table)) {
      for (const permission of permissionsIn(route.permission)) expect(allPermissions, name).toContain(permission);
      for (const code of route.faults ?? []) expect(Object.keys(codes), name).toContain(code);
    }
  });

  it('has schemas that can be printed as JSON Schema', () => {
    for (const [name, route] of rows(table)) {
      const inputs = [route.params, route.query, route.body].filter((schema) => schema !== undefined);
      for (const schema of inputs) expect(() => z.toJSONSchema(schema, { io: 'input' }), name).not.toThrow();
      const outputs = route.status === 204 ? [] : [route.output];
      for (const schema of outputs) expect(() => z.toJSONSchema(schema, { io: 'output' }), name).not.toThrow();
    }
  });

  it('says a summary for every row and takes a body only with a method that carries one', () => {
    for (const [name, route] of rows(table)) {
      expect(route.summary.length, name).toBeGreaterThan(3);
      if (route.body) expect(['POST', 'PUT', 'PATCH'], name).toContain(route.method);
    }
  });
});

describe('the console table', () => {
  it('is open to anyone in exactly one row', () => {
    const open = rows(consoleApi).filter(([, { permission }]) => permission === 'anyone');
    expect(open.map(([name]) => name)).toEqual(['session.read']);
  });

  it('uses each of the four client permissions', () => {
    const used = new Set(rows(consoleApi).flatMap(([, { permission }]) => permissionsIn(permission)));
    for (const permission of clientPermissions) expect(used).toContain(permission);
  });

  it('reveals only in the rows that make a secret and in the one that gives it again', () => {
    const revealing = rows(consoleApi).filter(([, { reveals }]) => reveals);
    expect(revealing.map(([name]) => name)).toEqual(['clients.create', 'secrets.generate', 'reveals.list']);
  });

  it('promises no member that could hold a secret in clear text', () => {
    for (const [name, route] of rows(consoleApi)) {
      if (route.status === 204) continue;
      const printed = JSON.stringify(z.toJSONSchema(route.output, { io: 'output' }));
      expect(printed, name).not.toMatch(/"(secret|clientSecret|client_secret)":/);
    }
  });
});

describe('the Platform table', () => {
  it('carries a secret in exactly two answers', () => {
    const carrying = rows(platformApi).filter(
      ([, route]) =>
        route.status !== 204 && JSON.stringify(z.toJSONSchema(route.output, { io: 'output' })).includes('"secret":'),
    );
    expect(carrying.map(([name]) => name)).toEqual(['clients.create', 'clients.newSecret']);
  });
});
