import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Entries of an organization file that are kept for later, in their order. */
export const organizationExtras = pgTable(
  'organization_extras',
  {
    section: text('section').notNull(),
    position: integer('position').notNull(),
    entry: jsonb('entry').$type<Record<string, unknown>>().notNull(),
  },
  (extra) => [primaryKey({ columns: [extra.section, extra.position] })],
);

/** The sections of the file that are only kept. */
export const keptSections = [
  'integrations',
  'credentials',
  'actions',
  'flows',
  'dependencies',
  'authorizations',
  'usage',
] as const;
