import { stockOf, type Order, type OrderSection, type OrderSnapshot } from '#shared/orders/order.ts';
import type { QuotedLine } from '#shared/pricing/quote.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import { noon } from './rules.ts';

/** Tickets of one type at a price, without fee and tax, as a quote has them. */
export function ticketLine(overrides: Partial<QuotedLine> = {}): QuotedLine {
  const { quantity = 2, unitMinor = 0 } = overrides;
  return {
    lineId: 'l1',
    kind: 'ticket',
    itemId: 'day',
    name: 'Day ticket',
    accessLevel: 'Visitor',
    quantity,
    unitMinor,
    discountMinor: 0,
    feeMinor: 0,
    taxMinor: 0,
    totalMinor: quantity * unitMinor,
    ...overrides,
  };
}

/** What an order takes from one event: two free day tickets unless told otherwise. */
export function eventSection(overrides: Partial<OrderSection> = {}, eventId = 'evt_test'): OrderSection {
  return {
    kind: 'event',
    inventoryId: eventId,
    businessId: 'biz_test',
    countryCode: 'GB',
    rulesVersion: 1,
    lines: [ticketLine()],
    event: {
      eventId,
      slug: 'expo',
      title: '247GBS Expo',
      summary: 'Two days of makers.',
      category: 'expo',
      city: 'London',
      venueName: 'Hall 1',
      venueAddress: '1 Western Gateway',
      timeZone: 'Europe/London',
      startsAtMs: noon,
      endsAtMs: noon + 8 * hourMs,
      heroKey: 'hero',
      posterKey: 'poster',
    },
    holdTtlMs: 10 * minuteMs,
    ...overrides,
  };
}

/** A tote bag of a business's own. */
export function shopSection(overrides: Partial<OrderSection> = {}, businessId = 'biz_test'): OrderSection {
  const line = ticketLine({
    lineId: 'p1',
    kind: 'product',
    itemId: 'tote',
    accessLevel: '',
    unitMinor: 700,
    quantity: 1,
  });
  return {
    kind: 'shop',
    inventoryId: businessId,
    businessId,
    countryCode: 'GB',
    rulesVersion: 1,
    lines: [line],
    holdTtlMs: 10 * minuteMs,
    ...overrides,
  };
}

export function topUpSection(amountMinor: number): OrderSection {
  const item = { lineId: 't1', kind: 'top_up' as const, itemId: 'top_up', name: 'Top-up', accessLevel: '' };
  return {
    kind: 'wallet',
    inventoryId: '',
    businessId: '',
    countryCode: 'GB',
    rulesVersion: 0,
    lines: [ticketLine({ ...item, unitMinor: amountMinor, quantity: 1 })],
    holdTtlMs: 10 * minuteMs,
  };
}

/** What a buyer agreed to: the sums are those of the sections' lines. */
export function orderSnapshot(overrides: Partial<OrderSnapshot> = {}, eventId = 'evt_test'): OrderSnapshot {
  const sections = overrides.sections ?? [eventSection({}, eventId)];
  const sumOf = (of: 'feeMinor' | 'taxMinor' | 'totalMinor') =>
    sections.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line[of], 0);
  return {
    currency: 'GBP',
    sections,
    discounts: [],
    feeMinor: sumOf('feeMinor'),
    taxMinor: sumOf('taxMinor'),
    totalMinor: sumOf('totalMinor'),
    customerId: 'cus_0123456789ABCDEF',
    ...overrides,
  };
}

/** Tickets of one event at a price. */
export function pricedSnapshot(unitMinor: number, quantity = 1, eventId = 'evt_test'): OrderSnapshot {
  return orderSnapshot({ sections: [eventSection({ lines: [ticketLine({ unitMinor, quantity })] }, eventId)] });
}

export function order(overrides: Partial<Order> = {}): Order {
  const { snapshot = orderSnapshot() } = overrides;
  return {
    orderId: 'ord_eu00_000G40R40M30E209185GR38E1W',
    state: 'placed',
    placedAtMs: noon,
    snapshot,
    stock: stockOf(snapshot),
    attempts: [],
    tickets: [],
    refunds: [],
    ...overrides,
  };
}
