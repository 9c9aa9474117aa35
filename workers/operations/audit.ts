import { uuidv7obj } from 'uuidv7';
import { appendAuditEntry, appendAuditEntryIfChanged, appendAuditEntryOnce } from '#d1/queries/audit.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { unfitFact, type AuditAction, type AuditFacts } from '#shared/trail/audit.ts';
import type { Services } from '#workers/services.ts';

export type AuditEntry = {
  readonly action: AuditAction;
  /** A person's or a gate device's id; null for what nobody signed in did. */
  readonly actorId: string | null;
  /** The business whose members may read it; left out, only the platform does. */
  readonly businessId?: string | undefined;
  /** Id of what it was done to. */
  readonly subjectId?: string | undefined;
  readonly facts?: AuditFacts | undefined;
};

type Writer = Pick<Services, 'db' | 'clock'>;

/** Appends an entry by itself: for what was tried and refused, or changed nothing in D1. */
export async function audit(services: Writer, entry: AuditEntry): Promise<void> {
  await auditStatement(services, entry);
}

/** Appends an entry about something that has a name of its own: pressed twice, or begun again after a crash, it is told once. */
export async function auditOnce(services: Writer, name: string, entry: AuditEntry): Promise<void> {
  await appendAuditEntryOnce(services.db, { ...rowOf(services, entry), id: `aud_${name}` });
}

/** The same as a statement: `db.batch([change, auditStatement(…)])` does both or neither. */
export function auditStatement(writer: Writer, entry: AuditEntry) {
  return appendAuditEntry(writer.db, rowOf(writer, entry));
}

/** As a statement that stands right behind a conditional change in its batch, and records it only if it happened. */
export function auditIfChanged(writer: Writer, entry: AuditEntry) {
  return appendAuditEntryIfChanged(writer.db, rowOf(writer, entry));
}

function rowOf({ clock }: Writer, entry: AuditEntry) {
  const { action, actorId, businessId, subjectId, facts = {} } = entry;
  const unfit = unfitFact(facts);
  if (unfit !== undefined) throw new Error(`The audit fact ${unfit} of ${action} may be personal`);
  return {
    id: `aud_${encodeBase32(uuidv7obj().bytes)}`,
    atMs: clock(),
    action,
    actorId,
    businessId: businessId ?? null,
    subjectId: subjectId ?? null,
    facts: JSON.stringify(facts),
  };
}
