import { isPromo, promoIdOf, type GoodsLine } from '#shared/inventory/shop-stock.ts';
import { ok, type Result } from '#shared/result.ts';
import type { InventoryContext } from './context.ts';

/** Goods and uses of promotions that a refund gives back. The refund's id is the idempotency key. */
export type GoodsReturn = {
  readonly refundId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly lines: readonly GoodsLine[];
};

export function takeBackGoods(context: InventoryContext, request: GoodsReturn): Result<undefined> {
  const { refundId, orderId, customerId, lines } = request;
  const { sql } = context;
  const noted = sql.exec(
    'INSERT INTO shop_returns (return_id, order_id, lines, returned_at_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    refundId,
    orderId,
    JSON.stringify(lines),
    context.now(),
  );
  if (noted.rowsWritten === 0) return ok();
  context.stock.add('sold', lines, -1);
  for (const { stockId, quantity } of lines) {
    if (!isPromo(stockId)) continue;
    sql.exec(
      'UPDATE promo_takes SET taken = MAX(0, taken - ?) WHERE customer_id = ? AND promo_id = ?',
      quantity,
      customerId,
      promoIdOf(stockId),
    );
  }
  return ok();
}
