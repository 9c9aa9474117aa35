import type { Order, OrderSnapshot } from '#shared/orders/order.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import { noon } from './rules.ts';

/** What a buyer of two free day tickets agreed to. */
export function orderSnapshot(overrides: Partial<OrderSnapshot> = {}, eventId = 'evt_test'): OrderSnapshot {
  return {
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
    rulesVersion: 1,
    currency: 'GBP',
    lines: [{ typeId: 'day', name: 'Day ticket', accessLevel: 'Visitor', quantity: 2, unitMinor: 0 }],
    feeMinor: 0,
    taxMinor: 0,
    totalMinor: 0,
    customerId: 'cus_0123456789ABCDEF',
    holdTtlMs: 10 * minuteMs,
    ...overrides,
  };
}

export function order(overrides: Partial<Order> = {}): Order {
  return {
    orderId: 'ord_eu00_000G40R40M30E209185GR38E1W',
    state: 'placed',
    placedAtMs: noon,
    snapshot: orderSnapshot(),
    holdNo: 1,
    attempts: [],
    tickets: [],
    ...overrides,
  };
}
