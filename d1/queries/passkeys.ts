import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { passkeys } from '../schema/index.ts';

export type Passkey = typeof passkeys.$inferSelect;

/** False when the credential is registered already, by anybody. */
export async function addPasskey(
  db: Database,
  passkey: Omit<Passkey, 'publicKey' | 'lastUsedAtMs'> & { publicKey: Uint8Array },
): Promise<boolean> {
  // D1 takes any bytes; Drizzle's type knows Node's only.
  const publicKey = passkey.publicKey as Passkey['publicKey'];
  const added = await db
    .insert(passkeys)
    .values({ ...passkey, publicKey })
    .onConflictDoNothing()
    .returning({ id: passkeys.id });
  return added.length > 0;
}

export async function findPasskey(db: Database, id: string): Promise<Passkey | undefined> {
  const [found] = await db.select().from(passkeys).where(eq(passkeys.id, id)).limit(1);
  return found;
}

export function passkeysOf(db: Database, personId: string): Promise<Passkey[]> {
  return db.select().from(passkeys).where(eq(passkeys.personId, personId)).orderBy(desc(passkeys.createdAtMs));
}

/**
 * Notes a use. False when the counter did not go up: somebody else used a copy. Authenticators that keep none, as those
 * that are synchronised, always say 0.
 */
export async function usePasskey(
  db: Database,
  use: { id: string; signCount: number; isBackedUp: boolean; nowMs: number },
): Promise<boolean> {
  const { id, signCount, isBackedUp, nowMs } = use;
  const goesUp = or(lt(passkeys.signCount, signCount), and(eq(passkeys.signCount, 0), sql`${signCount} = 0`));
  const used = await db
    .update(passkeys)
    .set({ signCount, isBackedUp, lastUsedAtMs: nowMs })
    .where(and(eq(passkeys.id, id), goesUp))
    .returning({ id: passkeys.id });
  return used.length > 0;
}

export async function removePasskey(
  db: Database,
  { id, personId }: { id: string; personId: string },
): Promise<boolean> {
  const removed = await db
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.personId, personId)))
    .returning({ id: passkeys.id });
  return removed.length > 0;
}
