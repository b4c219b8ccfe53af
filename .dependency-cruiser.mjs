/**
 * The arrows between the parts of the house: apps → wire → contract → domain, and server and platform → database.
 * Each rule says in its comment what goes wrong when it is broken.
 */

const tests = '\\.(test|spec)\\.tsx?$|/testing/|/test/';

const inner = (name, from, to, comment) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    inner(
      'no-cycles',
      {},
      { circular: true },
      'Files that need each other cannot be read, tested or moved one by one.',
    ),
    inner(
      'resolvable',
      {},
      { couldNotResolve: true, pathNot: '^virtual:' },
      'An import that leads nowhere fails only when it is reached.',
    ),
    inner(
      'domain-is-pure',
      { path: '^packages/domain/', pathNot: tests },
      { pathNot: '^packages/domain/|node_modules/zod/' },
      'Nouns and rules know nothing of HTTP, storage or the clock.',
    ),
    inner(
      'contract-below-wire',
      { path: '^packages/contract/', pathNot: tests },
      { path: '^(apps/|packages/(wire|database)/)' },
      'The tables of operations know only the domain.',
    ),
    inner(
      'wire-below-apps',
      { path: '^packages/wire/' },
      { path: '^(apps/|packages/database/)' },
      'The readers of a table serve every app and know none.',
    ),
    inner(
      'database-alone',
      { path: '^packages/database/' },
      { path: '^(apps/|packages/(wire|contract|domain)/)' },
      'The database package is about PostgreSQL and nothing else.',
    ),
    inner(
      'server-and-platform-meet-on-the-wire',
      { path: '^apps/(server|platform)/' },
      { path: '^apps/(server|platform)/', pathNot: '^apps/$1/' },
      'Genesys Cloud must be able to take the place of the embedded Platform.',
    ),
    inner(
      'no-app-in-another',
      { path: '^apps/(web|server|platform)/' },
      { path: '^apps/(web|server|platform)/', pathNot: '^apps/$1/' },
      'Each app is built, moved and replaced alone.',
    ),
    inner(
      'web-stays-in-the-browser',
      { path: '^apps/web/src/', pathNot: tests },
      { path: '^packages/database/|node_modules/(express|pg|drizzle-orm|pino|oidc-provider)/|^node:' },
      'What a browser runs has no server inside.',
    ),
    inner(
      'features-side-by-side',
      { path: '^apps/(web|server|platform)/src/features/([^/]+)/', pathNot: tests },
      { path: '^apps/(web|server|platform)/src/features/[^/]+/', pathNot: '^apps/$1/src/features/($2|shared)/' },
      'A feature never imports another: app puts them side by side; what several need lies in shared.',
    ),
    inner(
      'no-tests-in-the-product',
      { path: '^(apps|packages)/[^/]+/src/', pathNot: `${tests}|testing` },
      { path: '\\.(test|spec)\\.tsx?$|/src/testing(/|\\.ts|-global)' },
      'What tests need does not run in the product.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
