import { and, eq, inArray, lt, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { carts } from '../schema/index.ts';

export type CartRow = typeof carts.$inferSelect;

export async function findCart(db: Database, owner: string): Promise<CartRow | undefined> {
  const [row] = await db.select().from(carts).where(eq(carts.owner, owner)).limit(1);
  return row;
}

export type CartWrite = {
  readonly owner: string;
  readonly content: string;
  /** The version it was made from; nought where there was none. */
  readonly from: number;
  readonly nowMs: number;
};

/** Writes a cart over the version it was made from. False when another tab was faster: nothing was written. */
export async function writeCart(db: Database, write: CartWrite): Promise<boolean> {
  return (await written(db, write, sql`true`)).meta.changes > 0;
}

/**
 * Writes the joined cart and takes the guest's away, both or neither: a cart that two tabs bring along at once is added
 * once, because the second finds it gone.
 */
export async function writeMergedCart(
  db: Database,
  write: CartWrite,
  guest: Pick<CartRow, 'owner' | 'version'>,
): Promise<boolean> {
  const isThere = sql`EXISTS (SELECT 1 FROM carts WHERE owner = ${guest.owner} AND version = ${guest.version})`;
  const isJoined = sql`EXISTS (SELECT 1 FROM carts AS own WHERE own.owner = ${write.owner} AND own.version = ${write.from + 1} AND own.content = ${write.content})`;
  const [joined] = await db.batch([
    written(db, write, isThere),
    db.delete(carts).where(and(eq(carts.owner, guest.owner), eq(carts.version, guest.version), isJoined)),
  ]);
  return joined.meta.changes > 0;
}

function written(db: Database, { owner, content, from, nowMs }: CartWrite, condition: SQL) {
  const version = sql`coalesce((SELECT version FROM carts WHERE owner = ${owner}), 0)`;
  return db
    .insert(carts)
    .select(sql`SELECT ${owner}, ${content}, ${from + 1}, ${nowMs} WHERE ${version} = ${from} AND ${condition}`)
    .onConflictDoUpdate({
      target: carts.owner,
      set: { content: sql`excluded.content`, version: sql`excluded.version`, updatedAtMs: sql`excluded.updated_at_ms` },
    });
}

/** Writes what is no change of the cart, unless somebody changed it meanwhile. */
export async function noteInCart(
  db: Database,
  { owner, version, content }: Omit<CartRow, 'updatedAtMs'>,
): Promise<void> {
  await db
    .update(carts)
    .set({ content })
    .where(and(eq(carts.owner, owner), eq(carts.version, version)));
}

/** Deletes at most `limit` carts that nobody touched since. Answers how many. */
export async function deleteOldCarts(db: Database, beforeMs: number, limit: number): Promise<number> {
  const old = db.select({ owner: carts.owner }).from(carts).where(lt(carts.updatedAtMs, beforeMs)).limit(limit);
  return (await db.delete(carts).where(inArray(carts.owner, old)).returning({ owner: carts.owner })).length;
}
