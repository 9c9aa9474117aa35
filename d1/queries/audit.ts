import type { Database } from '../database.ts';
import { auditEntries } from '../schema/index.ts';

/** A statement, so that it can stand in one batch with the change that it records. */
export function appendAuditEntry(db: Database, entry: typeof auditEntries.$inferInsert) {
  return db.insert(auditEntries).values(entry);
}
