import type { EventStanding } from '#objects/event-inventory/client.ts';
import type { BusinessRow, EventRow, readEventPage } from '#d1/queries/catalogue.ts';
import { needsEntitlement, type EventRules, type TicketType } from '#shared/inventory/rules.ts';
import { ticketsLeft, type Stock } from '#shared/inventory/stock.ts';
import { money, type Money } from '#shared/money/money.ts';
import { orderEvents, type OrderSnapshot } from '#shared/orders/order.ts';
import { localDay, type EpochMs } from '#shared/time.ts';
import { pathTo } from '#workers/routes.ts';
import type { ShopForSale } from './shop-for-sale.ts';
import { shopItems } from './present-shop.ts';
import type { Availability, BusinessView, EventCard, EventView, TicketOffer } from '#workers/ui/views.ts';

type EventPageRows = Awaited<ReturnType<typeof readEventPage>>;

/** Under this many, the page says how many. */
const fewTickets = 20;

export function mediaUrl(key: string): string {
  return pathTo('media', { key });
}

export function eventCard(event: EventRow, rules: EventRules, now: EpochMs): EventCard {
  const { startsAtMs, endsAtMs } = event;
  const phase = phaseOf({ startsAtMs, endsAtMs, isCancelled: rules.status === 'cancelled' }, now);
  return { ...plainCard(event, now), from: cheapest(rules, now), phase };
}

/** A card from the catalogue row alone, where no ticket is being offered. */
export function plainCard(event: EventRow, now: EpochMs): EventCard {
  const { slug, title, summary, category, city, venueName, timeZone, startsAtMs, endsAtMs, status } = event;
  return {
    slug,
    title,
    summary,
    category,
    city,
    venueName,
    timeZone,
    startsAtMs,
    endsAtMs,
    heroUrl: mediaUrl(event.heroKey),
    posterUrl: mediaUrl(event.posterKey),
    from: undefined,
    phase: phaseOf({ startsAtMs, endsAtMs, isCancelled: status === 'cancelled' }, now),
  };
}

/** An order's event, and where it stands now; an object of the version before does not say. */
export type Named = { readonly eventId: string; readonly event?: EventStanding | undefined };

/**
 * The card of an order's event, the first unless one is named, from what the order itself remembers; its dates from its
 * tickets, where they know: events move.
 */
export function snapshotCard(snapshot: OrderSnapshot, now: EpochMs, named?: Named): EventCard {
  const event = orderEvents(snapshot).find(({ eventId }) => named === undefined || eventId === named.eventId);
  if (event === undefined) throw new Error('An order without an event has no card');
  const { heroKey, posterKey, eventId: _, ...shown } = event;
  const { startsAtMs, endsAtMs } = named?.event ?? event;
  return {
    ...shown,
    startsAtMs,
    endsAtMs,
    heroUrl: mediaUrl(heroKey),
    posterUrl: mediaUrl(posterKey),
    from: money(0, snapshot.currency),
    phase: phaseOf({ startsAtMs, endsAtMs, isCancelled: named?.event?.status === 'cancelled' }, now),
  };
}

export function businessView(business: BusinessRow): BusinessView {
  const { slug, name, tagline, story, category, city, website, logoKey } = business;
  return {
    slug,
    name,
    tagline,
    story,
    category,
    city,
    website: website ?? undefined,
    logoUrl: logoKey === null ? undefined : mediaUrl(logoKey),
  };
}

/** What everybody may take. A type that somebody must be sent to is offered at the checkout of whoever was. */
export function ticketOffers(rules: EventRules, leftOf: (type: TicketType) => number, now: EpochMs): TicketOffer[] {
  return forEverybody(rules).map((type) => {
    const left = leftOf(type);
    const availability = rules.status === 'cancelled' ? 'sale_ended' : availabilityOf(type, left, now);
    return {
      type,
      price: money(type.priceMinor, rules.currency),
      compareAt: type.compareAtMinor === undefined ? undefined : money(type.compareAtMinor, rules.currency),
      availability,
      left: availability === 'few_left' ? left : undefined,
    };
  });
}

/** Tickets left as the read model has them: seconds behind the inventory, good enough for a page that is cached. */
export function leftByStock(stock: EventPageRows['stock'], rules: EventRules): (type: TicketType) => number {
  const stocks = new Map<string, Stock>(stock.map((row) => [row.stockId, row]));
  const capacities = new Map<string, number>([
    ...rules.ticketTypes.map((type) => [`type:${type.id}`, type.capacity] as const),
    ...rules.pools.map((pool) => [`pool:${pool.id}`, pool.capacity] as const),
  ]);
  return (type) => ticketsLeft(type, (id) => stocks.get(id) ?? { capacity: capacities.get(id) ?? 0, held: 0, sold: 0 });
}

export function eventView(
  { event, business, rules }: { event: EventRow; business: BusinessRow; rules: EventRules },
  rows: EventPageRows,
  shop: ShopForSale | undefined,
  now: EpochMs,
): EventView {
  const { description, venueAddress, countryCode, terms, rewards } = event;
  return {
    ...eventCard(event, rules, now),
    description,
    venueAddress,
    countryCode,
    terms,
    rewards,
    business: businessView(business),
    offers: ticketOffers(rules, leftByStock(rows.stock, rules), now),
    programme: programmeByDay(rows.programme, rules, now),
    exhibitors: rows.exhibitors.map(({ stand, business: exhibitor }) => ({
      business: businessView(exhibitor),
      hall: stand.hall,
      stand: stand.stand,
      pitch: stand.pitch,
    })),
    products: rows.products.map((product) => ({
      id: product.id,
      name: product.name,
      description: product.description,
      price: money(product.priceMinor, rules.currency),
      pictureUrl: product.pictureKey === null ? undefined : mediaUrl(product.pictureKey),
    })),
    extras: shop === undefined ? [] : shopItems(shop, rows.products, { rules }),
    reviews: rows.reviews.map(({ authorName, rating, text, writtenAtMs }) => ({
      rating,
      text,
      writtenAtMs,
      author: authorName,
    })),
    rating: ratingOf(rows.rated),
  };
}

function programmeByDay(items: EventPageRows['programme'], rules: EventRules, now: EpochMs): EventView['programme'] {
  const days = [...Map.groupBy(items, (item) => localDay(item.startsAtMs, rules.timeZone))];
  const today = localDay(now, rules.timeZone);
  const next = days.find(([day]) => day >= today) ?? days[0];
  return days.map(([day, onDay]) => ({
    day,
    isNext: day === next?.[0],
    items: onDay.map(({ title, summary, kind, place, startsAtMs, endsAtMs, people, ticketTypeId }) => ({
      title,
      summary,
      kind,
      place,
      startsAtMs,
      endsAtMs,
      people,
      ticketName: rules.ticketTypes.find((type) => type.id === ticketTypeId)?.name,
    })),
  }));
}

function ratingOf(rated: EventPageRows['rated']): EventView['rating'] {
  if (rated?.average == null) return undefined;
  return { average: rated.average, count: rated.count };
}

function availabilityOf(type: TicketType, left: number, now: EpochMs): Availability {
  if (now >= type.sale.until) return 'sale_ended';
  if (now < type.sale.from) return 'not_yet_on_sale';
  if (left === 0) return 'sold_out';
  return left < fewTickets ? 'few_left' : 'available';
}

function forEverybody(rules: EventRules): TicketType[] {
  return rules.ticketTypes.filter((type) => !needsEntitlement(type));
}

function cheapest(rules: EventRules, now: EpochMs): Money | undefined {
  const prices = forEverybody(rules)
    .filter(({ sale }) => now < sale.until)
    .map(({ priceMinor }) => priceMinor);
  return prices.length === 0 ? undefined : money(Math.min(...prices), rules.currency);
}

function phaseOf(
  { startsAtMs, endsAtMs, isCancelled }: { startsAtMs: EpochMs; endsAtMs: EpochMs; isCancelled: boolean },
  now: EpochMs,
): EventCard['phase'] {
  if (isCancelled) return 'cancelled';
  if (now >= endsAtMs) return 'ended';
  return now >= startsAtMs ? 'open_now' : 'upcoming';
}
