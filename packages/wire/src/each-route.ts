import type { Route, Table } from '@latchkey/contract/route';

/** Walks a table once; every reader of the contract is a function of one row. */
export const eachRoute = <V>(
  table: Table,
  read: (route: Route, feature: string, operation: string) => V,
): Record<string, Record<string, V>> =>
  mapValues(table, (operations, feature) =>
    mapValues(operations, (route, operation) => read(route, feature, operation)),
  );

/** All rows of a table as a flat list with their names. */
export const allRoutes = (table: Table): { name: string; feature: string; operation: string; route: Route }[] =>
  Object.entries(table).flatMap(([feature, operations]) =>
    Object.entries(operations).map(([operation, route]) => ({
      name: `${feature}.${operation}`,
      feature,
      operation,
      route,
    })),
  );

const mapValues = <A, B>(of: Record<string, A>, to: (value: A, key: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value, key)]));
