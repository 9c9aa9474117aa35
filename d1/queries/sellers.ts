import { eq, inArray, sql } from 'drizzle-orm';
import type { BillingDetails } from '#shared/documents/billing.ts';
import type { Database } from '../database.ts';
import { billingDetails, businesses, sellerProfiles } from '../schema/index.ts';
import { idsMax } from './team.ts';

/** How a seller is named on its documents. `version` is 0 until somebody wrote it down. */
export type SellerProfile = {
  readonly legalName: string;
  /** Lines. */
  readonly address: string;
  /** Empty where it is not registered. */
  readonly taxNumber: string;
  readonly version: number;
};

/** By id. Of a business that said nothing of itself, what the catalogue knows; whoever is no business is left out then. */
export async function sellerProfilesOf(
  db: Database,
  sellerIds: readonly string[],
): Promise<Map<string, SellerProfile>> {
  const ids = [...new Set(sellerIds)].slice(0, idsMax);
  if (ids.length === 0) return new Map();
  const [written, known] = await db.batch([
    db.select().from(sellerProfiles).where(inArray(sellerProfiles.sellerId, ids)),
    db
      .select({ id: businesses.id, name: businesses.name, city: businesses.city, countryCode: businesses.countryCode })
      .from(businesses)
      .where(inArray(businesses.id, ids)),
  ]);
  const profiles = new Map<string, SellerProfile>();
  for (const { id, name, city, countryCode } of known) {
    profiles.set(id, { legalName: name, address: `${city}, ${countryCode}`, taxNumber: '', version: 0 });
  }
  for (const { sellerId, legalName, address, taxNumber, version } of written) {
    profiles.set(sellerId, { legalName, address, taxNumber, version });
  }
  return profiles;
}

/** Statement: answers a row, but none when somebody else changed it since its form was drawn. One statement decides. */
export function writeSellerProfile(
  db: Database,
  sellerId: string,
  { version, ...profile }: SellerProfile,
  nowMs: number,
) {
  const values = { ...profile, version: version + 1, updatedAtMs: nowMs };
  return db
    .insert(sellerProfiles)
    .values({ sellerId, ...values })
    .onConflictDoUpdate({ target: sellerProfiles.sellerId, set: values, setWhere: eq(sellerProfiles.version, version) })
    .returning({ version: sellerProfiles.version });
}

type GivenDetails = BillingDetails & { readonly givenAtMs: number };

export async function billingDetailsOf(db: Database, orderId: string): Promise<BillingDetails | undefined> {
  const [found] = await db
    .select({
      name: billingDetails.name,
      address: billingDetails.address,
      taxNumber: billingDetails.taxNumber,
    })
    .from(billingDetails)
    .where(eq(billingDetails.orderId, orderId))
    .limit(1);
  return found;
}

/** Of several orders, by their ids. */
export async function billingDetailsOfAll(
  db: Database,
  orderIds: readonly string[],
): Promise<Map<string, BillingDetails>> {
  const rows = await db
    .select()
    .from(billingDetails)
    .where(sql`${billingDetails.orderId} IN (SELECT value FROM json_each(${JSON.stringify(orderIds)}))`);
  return new Map(rows.map(({ orderId, givenAtMs: _given, ...details }) => [orderId, details]));
}

/** Whether these are the order's details now: false where others were given first. */
export async function giveBillingDetails(db: Database, orderId: string, details: GivenDetails): Promise<boolean> {
  const given = await db
    .insert(billingDetails)
    .select(
      sql`SELECT ${orderId}, ${details.name}, ${details.address}, ${details.taxNumber}, ${details.givenAtMs}
        WHERE NOT EXISTS (SELECT 1 FROM ${billingDetails} WHERE "order_id" = ${orderId})`,
    )
    .returning();
  return given.length > 0;
}
