import type { BusinessRow } from '#d1/queries/catalogue.ts';
import { findShop } from '#d1/queries/shop.ts';
import type { ShopRules } from '#shared/inventory/shop-rules.ts';
import type { Services } from '#workers/services.ts';
import { keptInMemory } from './kept.ts';

export type ShopForSale = {
  readonly business: BusinessRow;
  readonly rules: ShopRules;
  readonly rulesVersion: number;
};

const kept = keptInMemory<ShopForSale>();

/** What a business sells itself, with the rules in force; not found where it sells nothing but tickets. */
export function shopForSale(services: Services, slug: string) {
  return kept(services, `slug/${slug}`, () => read(services, { slug }));
}

export function shopForSaleById(services: Services, businessId: string) {
  return kept(services, `id/${businessId}`, () => read(services, { businessId }));
}

async function read({ db }: Services, which: Parameters<typeof findShop>[1]): Promise<ShopForSale | undefined> {
  const row = await findShop(db, which);
  if (row === undefined) return undefined;
  return { business: row.business, rules: JSON.parse(row.document) as ShopRules, rulesVersion: row.version };
}
