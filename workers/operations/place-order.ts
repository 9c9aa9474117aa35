import { uuidv7obj } from 'uuidv7';
import { orderIdOf } from '#shared/ids.ts';
import { ticketTypeOf } from '#shared/inventory/rules.ts';
import type { Tender } from '#shared/orders/attempt.ts';
import type { Contact, OrderSnapshot, Order } from '#shared/orders/order.ts';
import type { Quote } from '#shared/pricing/quote.ts';
import { ok, type Result } from '#shared/result.ts';
import { minuteMs } from '#shared/time.ts';
import { desksPerRegion } from '#objects/order-desk/client.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';
import type { EventForSale } from './event-for-sale.ts';
import { carryOut } from './pay-order.ts';

export type PlaceOrder = {
  readonly sale: EventForSale;
  /** What the buyer was shown; honoured even if prices have changed since. */
  readonly quote: Quote;
  readonly contact: Contact;
  readonly idempotencyKey: string;
  /** The entry link that brought the buyer. */
  readonly via: string | undefined;
  /** The waitlist place whose offer this answers. */
  readonly offerId?: string | undefined;
  /** Pays at once by these means; left out, the stock waits by the clock until the buyer presses pay. */
  readonly tender?: Tender | undefined;
};

/** Places an order and takes it as far as it goes without money; the same key again finds the same order. */
export async function placeOrder(services: Services, input: PlaceOrder): Promise<Result<Order>> {
  const { sale, contact, idempotencyKey, tender } = input;
  const customerId = await customerIdOf(services.settings.masterKey, contact.email);
  const snapshot = snapshotOf(input, customerId);
  const desk = await deskFor(sale.event.countryCode, idempotencyKey);
  const orderId = orderIdOf(desk, uuidv7obj().bytes);
  const placed = await services.desk(desk).place({ orderId, idempotencyKey, snapshot, contact, tender });
  return placed.ok ? ok(await carryOut(services, placed.value)) : placed;
}

function snapshotOf({ sale, quote, via, offerId }: PlaceOrder, customerId: string): OrderSnapshot {
  const { event, rules } = sale;
  const { id: eventId, slug, title, summary, category, city, venueName, venueAddress, timeZone } = event;
  const { startsAtMs, endsAtMs, heroKey, posterKey } = event;
  const { sections, expiresAtMs: _term, ...charges } = quote;
  const about = { eventId, slug, title, summary, category, city, venueName, venueAddress, timeZone };
  return {
    ...charges,
    sections: sections.map((section) => ({
      ...section,
      event: { ...about, startsAtMs, endsAtMs, heroKey, posterKey },
      holdTtlMs: rules.holdMinutes.card * minuteMs,
      via,
      offerId,
      asksName: section.lines.some(({ itemId }) => (ticketTypeOf(rules, itemId)?.identity ?? 'none') !== 'none'),
    })),
    customerId,
  };
}

const africa = new Set(['NG', 'GH', 'KE']);

/**
 * The desk is found from the event's region and the idempotency key alone, so that a retry, from wherever it comes,
 * reaches the desk that knows the key.
 */
async function deskFor(countryCode: string, idempotencyKey: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(idempotencyKey));
  const number = (new Uint8Array(digest)[0] ?? 0) % desksPerRegion;
  return `${africa.has(countryCode) ? 'afr' : 'eur'}${String(number).padStart(2, '0')}`;
}
