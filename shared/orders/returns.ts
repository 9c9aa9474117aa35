import type { GoodsLine } from '../inventory/shop-stock.ts';
import { orderLines, type Order } from './order.ts';
import { linesLeft } from './refund-lines.ts';
import type { Refund, StockReturn } from './refund.ts';
import type { ReturnStep } from './steps.ts';

/**
 * What a refund gives back to the businesses' own stock. Goods, where whoever refunds them says that they are on the shelf:
 * nothing here knows what was handed over a counter. The use of a promotion, once nothing of the order is left that anything
 * was taken off: until then somebody still enjoys it. What a bank took back gives nobody another go.
 */
export function returnsOf(before: Order, refund: Refund): StockReturn[] {
  if (refund.cause === 'dispute') return [];
  const goods = refund.isOnShelf === true ? goodsOf(before, refund) : [];
  const all = [...goods, ...usesOf(before, refund)];
  return [...Map.groupBy(all, ({ inventoryId }) => inventoryId)].map(([inventoryId, of]) => ({
    inventoryId,
    lines: of.flatMap(({ lines }) => lines),
  }));
}

function goodsOf({ snapshot }: Order, refund: Refund): StockReturn[] {
  const back = new Map(refund.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  return snapshot.sections
    .filter(({ kind }) => kind === 'shop')
    .flatMap(({ inventoryId, lines }) => {
      const totals = new Map<string, number>();
      for (const { lineId, itemId, kind } of lines) {
        const quantity = kind === 'product' ? (back.get(lineId) ?? 0) : 0;
        if (quantity > 0) totals.set(itemId, (totals.get(itemId) ?? 0) + quantity);
      }
      const goods = [...totals].map(([itemId, quantity]): GoodsLine => ({ stockId: `product:${itemId}`, quantity }));
      return goods.length === 0 ? [] : [{ inventoryId, lines: goods }];
    });
}

function usesOf(before: Order, refund: Refund): StockReturn[] {
  const { discounts } = before.snapshot;
  const after = {
    ...before,
    refunds: [...before.refunds.filter((known) => known.refundId !== refund.refundId), refund],
  };
  const others = { ...before, refunds: before.refunds.filter((known) => known.refundId !== refund.refundId) };
  if (!isEnjoyed(others) || isEnjoyed(after)) return [];
  return discounts
    .filter(({ isCounted }) => isCounted)
    .map(({ businessId: inventoryId, promoId }) => ({
      inventoryId,
      lines: [{ stockId: `promo:${promoId}` as const, quantity: 1 }],
    }));
}

/** Something that cost less is still somebody's. */
function isEnjoyed(order: Order): boolean {
  const cheaper = new Set(orderLines(order.snapshot).flatMap((line) => (line.discountMinor > 0 ? line.lineId : [])));
  return linesLeft(order).some(({ line, quantity }) => cheaper.has(line.lineId) && quantity > 0);
}

/** Returns that their inventories have not taken back yet. The last of all steps: money never waits for a shelf. */
export function returnSteps({ orderId, snapshot, refunds }: Order): ReturnStep[] {
  return refunds.flatMap(({ refundId, returns = [] }) =>
    returns.map(({ inventoryId, lines }) => ({
      do: 'take_back' as const,
      inventoryId,
      refundId,
      lines,
      customerId: snapshot.customerId,
      orderId,
    })),
  );
}

/** The order after an inventory took something back; undefined when that is nothing new. */
export function tookBack(
  order: Order,
  { inventoryId, refundId }: { readonly inventoryId: string; readonly refundId: string },
): Order | undefined {
  const isThis = (refund: Refund) =>
    refund.refundId === refundId && refund.returns?.some((one) => one.inventoryId === inventoryId) === true;
  if (!order.refunds.some(isThis)) return undefined;
  const refunds = order.refunds.map((refund) =>
    isThis(refund) ? { ...refund, returns: refund.returns?.filter((one) => one.inventoryId !== inventoryId) } : refund,
  );
  return { ...order, refunds };
}
