import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { businesses, products, shopRulesVersions } from '../schema/index.ts';

export type ProductRow = typeof products.$inferSelect;

const shopsPerPage = 60;

/** A business that sells something itself: its row, the rules in force and their version. */
export async function findShop(db: Database, which: { slug: string } | { businessId: string }) {
  const [found] = await db
    .select({ business: businesses, document: shopRulesVersions.document, version: shopRulesVersions.version })
    .from(businesses)
    .innerJoin(
      shopRulesVersions,
      and(eq(shopRulesVersions.businessId, businesses.id), eq(shopRulesVersions.status, 'in_force')),
    )
    .where('slug' in which ? eq(businesses.slug, which.slug) : eq(businesses.id, which.businessId))
    .limit(1);
  return found;
}

/** What pages show of the things a business sells. */
export function productsOf(db: Database, businessId: string): Promise<ProductRow[]> {
  return db.select().from(products).where(eq(products.businessId, businessId)).limit(shopsPerPage);
}

export function productsById(db: Database, ids: readonly string[]): Promise<ProductRow[]> {
  return db
    .select()
    .from(products)
    .where(inArray(products.id, ids.slice(0, shopsPerPage)));
}

export async function latestShopRules(db: Database, businessId: string) {
  const [latest] = await db
    .select({ version: shopRulesVersions.version, hash: shopRulesVersions.hash, status: shopRulesVersions.status })
    .from(shopRulesVersions)
    .where(eq(shopRulesVersions.businessId, businessId))
    .orderBy(desc(shopRulesVersions.version))
    .limit(1);
  return latest;
}

/** Recorded before the inventory is asked: a crash in between leaves a proposal, never unrecorded rules. */
export async function proposeShopRules(
  db: Database,
  proposal: { businessId: string; version: number; hash: string; document: string; nowMs: number },
): Promise<void> {
  const { nowMs, ...row } = proposal;
  await db
    .insert(shopRulesVersions)
    .values({ ...row, status: 'proposed', proposedAtMs: nowMs })
    .onConflictDoNothing();
}

/** Marks what the inventory decided. What was in force before is superseded in the same batch. */
export async function settleShopRules(
  db: Database,
  { businessId, version, accepted }: { businessId: string; version: number; accepted: boolean },
): Promise<void> {
  const ofBusiness = eq(shopRulesVersions.businessId, businessId);
  const settled = db
    .update(shopRulesVersions)
    .set({ status: accepted ? 'in_force' : 'refused' })
    .where(and(ofBusiness, eq(shopRulesVersions.version, version)));
  if (!accepted) {
    await settled;
    return;
  }
  const earlier = and(ofBusiness, eq(shopRulesVersions.status, 'in_force'), ne(shopRulesVersions.version, version));
  await db.batch([db.update(shopRulesVersions).set({ status: 'superseded' }).where(earlier), settled]);
}
