import * as v from 'valibot';
import { currencies } from '../money/money.ts';
import { maxCapacity } from './rules.ts';

/**
 * What a business sells beside tickets, and the promotions it runs: one numbered document, in force in an inventory under
 * the business's own id. Stocks are named `product:<id>` and, for promotions with limited uses, `promo:<id>`.
 */

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,60}$/));
const words = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));
const count = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(max));
const positive = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(max));
const list = <const Item extends v.GenericSchema>(item: Item, max: number) => v.pipe(v.array(item), v.maxLength(max));
const amount = count(100_000_000);
const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const productSchema = v.object({
  id,
  name: words(120),
  priceMinor: amount,
  stock: count(maxCapacity),
  perOrderMax: positive(50),
  tax: v.optional(v.object({ name: words(20), basisPoints: count(5_000), mode: v.picklist(['included', 'added']) })),
});

/** Several things at one price. Each is held where it is kept. */
const bundleSchema = v.object({
  id,
  name: words(120),
  eventId: id,
  tickets: list(v.object({ typeId: id, quantity: positive(50) }), 20),
  products: list(v.object({ productId: id, quantity: positive(50) }), 20),
  priceMinor: amount,
});

const promoSchema = v.object({
  id,
  name: words(80),
  /** SHA-256 of the folded code: the code is printed on flyers, not in rules. */
  codeDigest: v.string(),
  off: v.variant('kind', [
    v.object({ kind: v.literal('percent'), basisPoints: positive(10_000) }),
    v.object({ kind: v.literal('fixed'), amountMinor: positive(100_000_000) }),
  ]),
  eventId: v.optional(id),
  typeIds: v.optional(list(id, 60)),
  productIds: v.optional(list(id, 200)),
  window: v.pipe(
    v.object({ from: instant, until: instant }),
    v.check(({ from, until }) => from < until, 'A window ends after it begins.'),
  ),
  /** In all; without it, nobody counts. */
  uses: v.optional(positive(maxCapacity)),
  perCustomerMax: v.optional(positive(1_000)),
  minSpendMinor: v.optional(amount),
});

export const shopRulesSchema = v.object({
  businessId: id,
  currency: v.picklist(currencies),
  products: list(productSchema, 200),
  bundles: list(bundleSchema, 100),
  promos: list(promoSchema, 200),
});

export type ShopRules = v.InferOutput<typeof shopRulesSchema>;
export type Product = ShopRules['products'][number];
export type Bundle = ShopRules['bundles'][number];
export type Promo = ShopRules['promos'][number];

/** A promotion whose uses somebody counts: each order takes a place in its pool. */
export function isCounted({ uses, perCustomerMax }: Promo): boolean {
  return uses !== undefined || perCustomerMax !== undefined;
}
