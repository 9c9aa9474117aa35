import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { auditEntries } from '../schema/index.ts';

/** A statement, so that it can stand in one batch with the change that it records. */
export function appendAuditEntry(db: Database, entry: typeof auditEntries.$inferInsert) {
  return db.insert(auditEntries).values(entry);
}

/** The same, unless an entry has that id already: for what may be done twice and is to be told once. */
export function appendAuditEntryOnce(db: Database, entry: Required<typeof auditEntries.$inferInsert>) {
  const { id, atMs, action, actorId, businessId, subjectId, facts } = entry;
  return db.insert(auditEntries).select(
    sql`SELECT ${id}, ${atMs}, ${action}, ${actorId}, ${businessId}, ${subjectId}, ${facts}
      WHERE NOT EXISTS (SELECT 1 FROM ${auditEntries} WHERE ${auditEntries.id} = ${id})`,
  );
}

/** The same, right after a change in one batch: written only if that statement changed a row. */
export function appendAuditEntryIfChanged(db: Database, entry: Required<typeof auditEntries.$inferInsert>) {
  const { id, atMs, action, actorId, businessId, subjectId, facts } = entry;
  return db
    .insert(auditEntries)
    .select(
      sql`SELECT ${id}, ${atMs}, ${action}, ${actorId}, ${businessId}, ${subjectId}, ${facts} WHERE changes() > 0`,
    );
}
