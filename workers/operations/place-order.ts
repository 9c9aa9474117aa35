import { uuidv7obj } from 'uuidv7';
import { orderIdOf } from '#shared/ids.ts';
import type { HoldLine } from '#shared/inventory/stock.ts';
import { ticketTypeOf } from '#shared/inventory/rules.ts';
import { timesMoney, money } from '#shared/money/money.ts';
import type { Contact, Order, OrderLine, OrderSnapshot } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { desksPerRegion } from '#objects/order-desk/client.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';
import { eventForSale, type EventForSale } from './event-for-sale.ts';

export type PlaceOrder = {
  readonly slug: string;
  readonly lines: readonly HoldLine[];
  readonly contact: Contact;
  readonly idempotencyKey: string;
};

/** Places an order and takes it as far as it will go; the same key again finds the same order. */
export async function placeOrder(services: Services, input: PlaceOrder): Promise<Result<Order>> {
  const found = await eventForSale(services, input.slug);
  if (!found.ok) return found;
  const lines = priceLines(found.value, input.lines);
  if (!lines.ok) return lines;
  const customerId = await customerIdOf(services.settings.masterKey, input.contact.email);
  const snapshot = snapshotOf(found.value, lines.value, customerId);
  if (snapshot.totalMinor > 0) return fail('payment_method_unavailable');
  const desk = await deskFor(found.value.event.countryCode, input.idempotencyKey);
  const orderId = orderIdOf(desk, uuidv7obj().bytes);
  const { contact, idempotencyKey } = input;
  return services.desk(desk).place({ orderId, idempotencyKey, snapshot, contact });
}

/** Each line at the price in force; refuses only what could never be an order. The inventory decides the rest. */
export function priceLines({ rules }: EventForSale, lines: readonly HoldLine[]): Result<OrderLine[]> {
  if (lines.length === 0) return fail('quantity_invalid');
  const priced: OrderLine[] = [];
  for (const { typeId, quantity } of lines) {
    const type = ticketTypeOf(rules, typeId);
    if (type === undefined) return fail('ticket_type_unknown');
    if (!Number.isSafeInteger(quantity) || quantity < 1) return fail('quantity_invalid');
    if (quantity > type.perOrderMax) return fail('order_limit_exceeded', { type: type.name, max: type.perOrderMax });
    priced.push({ typeId, name: type.name, accessLevel: type.accessLevel, quantity, unitMinor: type.priceMinor });
  }
  return ok(priced);
}

export function snapshotOf(sale: EventForSale, lines: OrderLine[], customerId: string): OrderSnapshot {
  const { event, rules, rulesVersion } = sale;
  const { slug, title, summary, category, city, venueName, timeZone, startsAtMs, endsAtMs, heroKey, posterKey } = event;
  const about = { slug, title, summary, category, city, venueName, timeZone, startsAtMs, endsAtMs, heroKey, posterKey };
  const totalMinor = lines.reduce(
    (sum, line) => sum + timesMoney(money(line.unitMinor, rules.currency), line.quantity).amountMinor,
    0,
  );
  return { event: { eventId: event.id, ...about }, rulesVersion, currency: rules.currency, lines, totalMinor, customerId };
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
