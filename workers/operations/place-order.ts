import { uuidv7obj } from 'uuidv7';
import { productsById } from '#d1/queries/shop.ts';
import { orderIdOf } from '#shared/ids.ts';
import { ticketTypeOf } from '#shared/inventory/rules.ts';
import type { Tender } from '#shared/orders/attempt.ts';
import type { Contact, EventCard, Order, OrderSection, OrderSnapshot } from '#shared/orders/order.ts';
import type { Quote, QuotedSection } from '#shared/pricing/quote.ts';
import { ok, type Result } from '#shared/result.ts';
import { minuteMs } from '#shared/time.ts';
import { desksPerRegion } from '#objects/order-desk/client.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';
import type { EventForSale } from './event-for-sale.ts';
import type { Choice } from './load-choice.ts';
import { carryOut } from './pay-order.ts';

export type PlaceOrder = {
  readonly choice: Pick<Choice, 'sales' | 'shops'>;
  /** What the buyer was shown; honoured even if prices have changed since. */
  readonly quote: Quote;
  readonly contact: Contact;
  readonly gift?: OrderSnapshot['gift'];
  readonly idempotencyKey: string;
  /** How it is paid, where paying begins at once; without it the order waits for its buyer, held by the clock. */
  readonly tender?: Tender | undefined;
  /** By event: the entry link that brought the buyer, and the waitlist place whose offer this answers. */
  readonly cameBy: (eventId: string) => Promise<CameBy>;
};

export type CameBy = { readonly via?: string | undefined; readonly offerId?: string | undefined };

/** Stock of things waits as long as an event's does for a card. */
const shopHoldMs = 10 * minuteMs;

/** Places an order and takes it as far as it goes without its buyer; the same key again finds the same order. */
export async function placeOrder(services: Services, input: PlaceOrder): Promise<Result<Order>> {
  const { quote, contact, idempotencyKey, tender } = input;
  const snapshot = await snapshotOf(services, input);
  const desk = await deskFor(quote, idempotencyKey);
  const orderId = orderIdOf(desk, uuidv7obj().bytes);
  const placed = await services.desk(desk).place({ orderId, idempotencyKey, snapshot, contact, tender });
  return placed.ok ? ok(await carryOut(services, placed.value)) : placed;
}

/**
 * The order this key was used for. A cart is empty once it was ordered: without this, a second press of the same button
 * would find nothing to order, instead of the order.
 */
export async function placedBefore(
  services: Services,
  quote: Quote,
  idempotencyKey: string,
): Promise<Order | undefined> {
  return services.desk(await deskFor(quote, idempotencyKey)).placedUnder(idempotencyKey);
}

async function snapshotOf(services: Services, input: PlaceOrder): Promise<OrderSnapshot> {
  const { contact, gift } = input;
  const { sections, expiresAtMs: _term, ...charges } = input.quote;
  const customerId = await customerIdOf(services.settings.masterKey, contact.email);
  const agreed = await Promise.all(sections.map((section) => sectionOf(services, input, section)));
  return { ...charges, sections: agreed, customerId, ...(gift !== undefined && { gift }) };
}

async function sectionOf(
  services: Services,
  { choice, cameBy }: PlaceOrder,
  section: QuotedSection,
): Promise<OrderSection> {
  const sale = choice.sales.find(({ event }) => event.id === section.inventoryId);
  if (section.kind === 'event' && sale !== undefined) {
    const { rules } = sale;
    return {
      ...section,
      event: cardOf(sale),
      holdTtlMs: rules.holdMinutes.card * minuteMs,
      asksName: section.lines.some(({ itemId }) => (ticketTypeOf(rules, itemId)?.identity ?? 'none') !== 'none'),
      ...(await cameBy(sale.event.id)),
    };
  }
  const shop = choice.shops.find(({ business }) => business.id === section.inventoryId)?.business;
  if (shop === undefined) return { ...section, holdTtlMs: shopHoldMs };
  const pickups = await pickupsOf(services, section);
  return { ...section, holdTtlMs: shopHoldMs, shop: { name: shop.name, slug: shop.slug, pickups } };
}

/** Where each product is collected. While the catalogue is silent the order goes on, and says so less exactly. */
async function pickupsOf({ db }: Services, { lines }: QuotedSection): Promise<Record<string, string>> {
  try {
    const products = await productsById(
      db,
      lines.map(({ itemId }) => itemId),
    );
    return Object.fromEntries(products.flatMap(({ id, pickup }) => (pickup === null ? [] : [[id, pickup]])));
  } catch (error) {
    console.error('products were not answered for', error);
    return {};
  }
}

function cardOf({ event }: EventForSale): EventCard {
  const { id: eventId, slug, title, summary, category, city, venueName, venueAddress, timeZone } = event;
  const { startsAtMs, endsAtMs, heroKey, posterKey } = event;
  const about = { eventId, slug, title, summary, category, city, venueName, venueAddress, timeZone };
  return { ...about, startsAtMs, endsAtMs, heroKey, posterKey };
}

const africa = new Set(['NG', 'GH', 'KE']);

/**
 * The desk is found from the first section's region and the idempotency key alone, so that a retry, from wherever it comes,
 * reaches the desk that knows the key.
 */
async function deskFor({ sections }: Quote, idempotencyKey: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(idempotencyKey));
  const number = (new Uint8Array(digest)[0] ?? 0) % desksPerRegion;
  const region = africa.has(sections[0]?.countryCode ?? '') ? 'afr' : 'eur';
  return `${region}${String(number).padStart(2, '0')}`;
}
