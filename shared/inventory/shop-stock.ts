import { fail, ok, type Result } from '../result.ts';
import { isCounted, type ShopRules } from './shop-rules.ts';
import { left, type Draw, type Stock, type StockId } from './stock.ts';
import { maxCapacity } from './rules.ts';

/** A shop's stocks: `product:<id>`, and `promo:<id>` for promotions whose uses somebody counts. */
export type GoodsId = Extract<StockId, `product:${string}` | `promo:${string}`>;
export type GoodsLine = { readonly stockId: GoodsId; readonly quantity: number };

export type GoodsRefusal =
  | 'product_unknown'
  | 'promo_unknown'
  | 'quantity_invalid'
  | 'order_limit_exceeded'
  | 'sold_out'
  | 'promo_used_up'
  | 'promo_limit_exceeded';

export type GoodsFacts = {
  readonly stockOf: (id: StockId) => Stock;
  /** Uses of a promotion this customer holds or has had. */
  readonly takenOf: (promoId: string) => number;
};

/** Every stock the document defines, with its capacity. */
export function goodsOf({ products, promos }: ShopRules): { stockId: GoodsId; capacity: number }[] {
  return [
    ...products.map(({ id, stock }) => ({ stockId: `product:${id}` as const, capacity: stock })),
    ...promos.filter(isCounted).map(({ id, uses }) => {
      return { stockId: `promo:${id}` as const, capacity: uses ?? maxCapacity };
    }),
  ];
}

/**
 * All or nothing over every line. A promotion's dates are not asked about: the price was promised while they held, and a
 * promise lasts longer than their last minute.
 */
export function decideGoods(
  rules: ShopRules,
  lines: readonly GoodsLine[],
  facts: GoodsFacts,
): Result<readonly Draw[], GoodsRefusal> {
  if (lines.length === 0) return fail('quantity_invalid');
  const seen = new Set<GoodsId>();
  for (const line of lines) {
    if (seen.has(line.stockId) || !Number.isSafeInteger(line.quantity) || line.quantity < 1) {
      return fail('quantity_invalid');
    }
    seen.add(line.stockId);
    const allowed = isPromo(line.stockId) ? decidePromo(rules, line, facts) : decideProduct(rules, line, facts);
    if (!allowed.ok) return allowed;
  }
  return ok(lines);
}

function decideProduct(
  { products }: ShopRules,
  { stockId, quantity }: GoodsLine,
  { stockOf }: GoodsFacts,
): Result<undefined, GoodsRefusal> {
  const product = products.find(({ id }) => `product:${id}` === stockId);
  if (product === undefined) return fail('product_unknown');
  const { name, perOrderMax } = product;
  if (quantity > perOrderMax) return fail('order_limit_exceeded', { type: name, max: perOrderMax });
  const available = left(stockOf(stockId));
  return available < quantity ? fail('sold_out', { type: name, left: available }) : ok();
}

function decidePromo(
  { promos }: ShopRules,
  { stockId, quantity }: GoodsLine,
  { stockOf, takenOf }: GoodsFacts,
): Result<undefined, GoodsRefusal> {
  const promo = promos.find(({ id }) => `promo:${id}` === stockId);
  if (promo === undefined) return fail('promo_unknown');
  const { id, name, perCustomerMax } = promo;
  if (perCustomerMax !== undefined && takenOf(id) + quantity > perCustomerMax) {
    return fail('promo_limit_exceeded', { promo: name, max: perCustomerMax });
  }
  return left(stockOf(stockId)) < quantity ? fail('promo_used_up', { promo: name }) : ok();
}

export function isPromo(stockId: GoodsId): boolean {
  return stockId.startsWith('promo:');
}

export function promoIdOf(stockId: GoodsId): string {
  return stockId.slice('promo:'.length);
}
