import { isEventOf, type Order, type OrderSection } from '#shared/orders/order.ts';
import type { StockOutcome, StockStep } from '#shared/orders/steps.ts';
import type { Failure } from '#shared/result.ts';
import type { HoldRequest } from '../event-inventory/client.ts';
import type { OrderDeskPorts, StockPort } from './ports.ts';

/**
 * Takes one step at an inventory. Throws when it does not answer, and when it answers that it broke: then nothing is known,
 * nothing decided, and the same is asked again.
 */
export async function takeStockStep(
  { inventories, shops }: Pick<OrderDeskPorts, 'inventories' | 'shops'>,
  order: Order,
  step: StockStep,
  /** Asked only where a type compares names; undefined once erased. */
  buyerName: () => string | undefined,
): Promise<StockOutcome> {
  const { inventoryId } = step;
  return isEventOf(order.snapshot, inventoryId)
    ? takeAt(inventories, step, () => eventRequest(order, step, buyerName))
    : takeAt(shops, step, () => shopRequest(order, step));
}

async function takeAt<Request>(
  port: StockPort<Request>,
  step: StockStep,
  request: () => Request,
): Promise<StockOutcome> {
  const { inventoryId, holdId } = step;
  const refusal = (failure: Failure): StockOutcome => {
    if (failure.code === 'internal_error') throw new Error(`${inventoryId} broke at ${step.do}`);
    return { of: 'refusal', from: step.do, inventoryId, holdId, failure };
  };
  switch (step.do) {
    case 'hold': {
      const answer = await port.hold(inventoryId, request());
      if (!answer.ok) return refusal(answer.failure);
      return { of: 'hold', inventoryId, holdId, expiresAtMs: answer.value.expiresAtMs };
    }
    case 'issue': {
      const answer = await port.issue(inventoryId, request());
      if (!answer.ok) return refusal(answer.failure);
      const tickets = answer.value.tickets.map((ticket) => ({ ...ticket, eventId: inventoryId }));
      return { of: 'issue', inventoryId, holdId, tickets };
    }
    case 'firm': {
      const answer = await port.firm(inventoryId, holdId);
      return answer.ok ? { of: 'firm', inventoryId, holdId } : refusal(answer.failure);
    }
    case 'confirm': {
      const answer = await port.confirm(inventoryId, holdId);
      if (!answer.ok) return refusal(answer.failure);
      const tickets = answer.value.tickets.map((ticket) => ({ ...ticket, eventId: inventoryId }));
      return { of: 'confirm', inventoryId, holdId, tickets };
    }
    case 'release': {
      const answer = await port.release(inventoryId, holdId);
      return answer.ok ? { of: 'release', inventoryId, holdId } : refusal(answer.failure);
    }
  }
}

function sectionOf({ snapshot }: Order, inventoryId: string): OrderSection | undefined {
  return snapshot.sections.find((section) => section.inventoryId === inventoryId);
}

function isFirm(step: StockStep): boolean {
  return step.do === 'issue' || (step.do === 'hold' && step.firm);
}

function eventRequest(order: Order, step: StockStep, buyerName: () => string | undefined): HoldRequest {
  const { orderId, snapshot, stock } = order;
  const { inventoryId, holdId } = step;
  const section = sectionOf(order, inventoryId);
  if (section === undefined) throw new Error(`${orderId} takes nothing from ${inventoryId}`);
  const { holdTtlMs: ttlMs, via, asksName, lines: quoted } = section;
  const lines = quantities(quoted).map(({ itemId: typeId, quantity }) => ({ typeId, quantity }));
  // An offer is answered once: a later hold of the same order takes what is left, like everybody's.
  const isFirst = stock.some((known) => known.holdNo === 1 && known.inventoryId === inventoryId);
  const offerId = isFirst ? section.offerId : undefined;
  const holderName = asksName === true ? buyerName() : undefined;
  const { customerId } = snapshot;
  return { holdId, orderId, customerId, lines, firm: isFirm(step), ttlMs, via, holderName, offerId };
}

function shopRequest(order: Order, step: StockStep) {
  const { orderId, snapshot } = order;
  const { inventoryId, holdId } = step;
  const section = sectionOf(order, inventoryId);
  const products = quantities(section?.lines ?? []).map(({ itemId, quantity }) => {
    return { stockId: `product:${itemId}` as const, quantity };
  });
  const promos = snapshot.discounts
    .filter(({ isCounted, businessId }) => isCounted && businessId === inventoryId)
    .map(({ promoId }) => ({ stockId: `promo:${promoId}` as const, quantity: 1 }));
  const ttlMs = section?.holdTtlMs ?? Math.min(...snapshot.sections.map(({ holdTtlMs }) => holdTtlMs));
  const { customerId } = snapshot;
  return { holdId, orderId, customerId, lines: [...products, ...promos], firm: isFirm(step), ttlMs };
}

/** Lines may list the same thing more than once: alone, and in a bundle. It is taken once, all together. */
function quantities(lines: OrderSection['lines']): { itemId: string; quantity: number }[] {
  const totals = new Map<string, number>();
  for (const { itemId, quantity } of lines) totals.set(itemId, (totals.get(itemId) ?? 0) + quantity);
  return [...totals].map(([itemId, quantity]) => ({ itemId, quantity }));
}
