import { createHash } from 'node:crypto';
import type { ShopRules } from '#shared/inventory/shop-rules.ts';
import type { Currency } from '#shared/money/money.ts';
import { foldCode } from '#shared/pricing/promo-code.ts';
import { dayMs, type EpochMs } from '#shared/time.ts';
import { productRows } from '../products/index.ts';
import { shopDrafts, type PromoDraft, type ShopDraft } from './drafts.ts';

/** What each organiser sells beside tickets, dated around the seeded day. */
export function shopRules(anchor: EpochMs): ShopRules[] {
  return shopDrafts.map((draft) => shopOf(draft, anchor));
}

/** Codes that are good on the seeded day, to try. */
export function demoCodes(): { code: string; name: string }[] {
  return shopDrafts.flatMap(({ promos }) =>
    promos.filter(({ isOver }) => isOver !== true).map(({ code, name }) => ({ code, name })),
  );
}

/** Names and prices stand with the products, once. */
function shopOf({ businessId, shelf, bundles, promos }: ShopDraft, anchor: EpochMs): ShopRules {
  const rows = new Map(productRows().map((row) => [row.id, row]));
  const products = shelf.map(([id, stock, perOrderMax]) => {
    const row = rows.get(id);
    if (row === undefined) throw new Error(`No product ${id}`);
    return { id, name: row.name, priceMinor: row.priceMinor, stock, perOrderMax };
  });
  const currency = rows.get(products[0]?.id ?? '')?.currency as Currency;
  return { businessId, currency, products, bundles: [...bundles], promos: promos.map((each) => promoOf(each, anchor)) };
}

function promoOf({ code, isOver, ...promo }: PromoDraft, anchor: EpochMs): ShopRules['promos'][number] {
  const digest = createHash('sha256')
    .update(foldCode(code) ?? '')
    .digest('hex');
  const from = anchor - 90 * dayMs;
  return {
    ...promo,
    codeDigest: digest,
    window: { from, until: isOver === true ? anchor - dayMs : anchor + 180 * dayMs },
  };
}
