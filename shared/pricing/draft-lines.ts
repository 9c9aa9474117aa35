import type { TicketType } from '../inventory/rules.ts';
import { ticketTypeOf } from '../inventory/rules.ts';
import type { Bundle, Product } from '../inventory/shop-rules.ts';
import type { Currency } from '../money/money.ts';
import { fail, ok, type Result } from '../result.ts';
import type { EventOffer, Offers, ShopOffer, Wanted } from './wanted.ts';

/** A line on its way to its price. */
export type DraftLine = {
  readonly from:
    | { readonly kind: 'event'; readonly offer: EventOffer }
    | { readonly kind: 'shop'; readonly offer: ShopOffer };
  readonly kind: 'ticket' | 'product';
  readonly itemId: string;
  readonly name: string;
  readonly accessLevel: string;
  readonly bundleId: string | undefined;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly discountMinor: number;
};

/** How many of a bundle of whom: its lines are known by its id. */
export type WantedBundle = { readonly bundle: Bundle; readonly businessId: string; readonly quantity: number };

export type DraftRefusal =
  | 'quantity_invalid'
  | 'ticket_type_unknown'
  | 'product_unknown'
  | 'bundle_unknown'
  | 'order_limit_exceeded'
  | 'currencies_mixed';

export type Drafts = {
  readonly currency: Currency;
  readonly lines: readonly DraftLine[];
  readonly bundles: readonly WantedBundle[];
};

/**
 * The lines of what is wanted, at list prices, in an order that does not depend on the one it was asked in: events before
 * shops, each as its rules list things, alone before bundled. So equal orders have equal lines, ids and roundings.
 */
export function draftLines(offers: Offers, wanted: Wanted): Result<Drafts, DraftRefusal> {
  const bundles = wantedBundles(offers, wanted);
  if (!bundles.ok) return bundles;
  const asked = askedFor(offers, wanted, bundles.value);
  if (!asked.ok) return asked;
  if (asked.value.length === 0) return fail('quantity_invalid');
  const tooMany = overLimit(asked.value);
  if (tooMany !== undefined) return fail('order_limit_exceeded', tooMany);
  const currencies = [...new Set(asked.value.map(({ line }) => line.from.offer.rules.currency))].toSorted();
  const [currency, ...others] = currencies;
  if (currency === undefined || others.length > 0) {
    return fail('currencies_mixed', { currencies: currencies.join(', ') });
  }
  const lines = asked.value.toSorted(inOrder).map(({ line }) => line);
  return ok({ currency, lines, bundles: bundles.value });
}

function wantedBundles(offers: Offers, wanted: Wanted): Result<WantedBundle[], DraftRefusal> {
  const found: WantedBundle[] = [];
  for (const { businessId, bundleId, quantity } of summed(wanted.bundles, (each) => each.bundleId + each.businessId)) {
    const bundle = shopOf(offers.shops, businessId)?.rules.bundles.find(({ id }) => id === bundleId);
    const event = offers.events.find(({ rules }) => rules.eventId === bundle?.eventId);
    // What a bundle takes off is its business's to give: not of another's tickets.
    if (bundle === undefined || event?.rules.businessId !== businessId) return fail('bundle_unknown');
    if (!isQuantity(quantity)) return fail('quantity_invalid');
    found.push({ bundle, businessId, quantity });
  }
  return ok(found.toSorted((a, b) => compare(a.businessId, b.businessId) || compare(a.bundle.id, b.bundle.id)));
}

/** A line, the most of its thing in one order, and its place: of its inventory, and in the list of its rules. */
type Asked = { readonly line: DraftLine; readonly max: number; readonly inventoryId: string; readonly at: number };

function askedFor(offers: Offers, wanted: Wanted, bundles: readonly WantedBundle[]): Result<Asked[], DraftRefusal> {
  const tickets = [
    ...summed(wanted.tickets, (each) => each.typeId + each.eventId).map((each) => ({ ...each, bundleId: undefined })),
    ...bundles.flatMap(({ bundle, quantity }) =>
      bundle.tickets.map((part) => ({
        eventId: bundle.eventId,
        typeId: part.typeId,
        quantity: part.quantity * quantity,
        bundleId: bundle.id,
      })),
    ),
  ];
  const products = [
    ...summed(wanted.products, (each) => each.productId + each.businessId).map((each) => ({
      ...each,
      bundleId: undefined,
    })),
    ...bundles.flatMap(({ bundle, businessId, quantity }) =>
      bundle.products.map((part) => ({
        businessId,
        productId: part.productId,
        quantity: part.quantity * quantity,
        bundleId: bundle.id,
      })),
    ),
  ];
  const lines: Asked[] = [];
  for (const { eventId, typeId, quantity, bundleId } of tickets) {
    const offer = offers.events.find(({ rules }) => rules.eventId === eventId);
    const type = offer && ticketTypeOf(offer.rules, typeId);
    if (offer === undefined || type === undefined) return fail('ticket_type_unknown');
    if (!isQuantity(quantity)) return fail('quantity_invalid');
    lines.push(askedTicket(offer, type, quantity, bundleId));
  }
  for (const { businessId, productId, quantity, bundleId } of products) {
    const offer = shopOf(offers.shops, businessId);
    const product = offer?.rules.products.find(({ id }) => id === productId);
    if (offer === undefined || product === undefined) return fail('product_unknown');
    if (!isQuantity(quantity)) return fail('quantity_invalid');
    lines.push(askedProduct(offer, product, quantity, bundleId));
  }
  return ok(lines);
}

function askedTicket(offer: EventOffer, type: TicketType, quantity: number, bundleId: string | undefined): Asked {
  const { id: itemId, name, accessLevel, priceMinor: unitMinor, perOrderMax: max } = type;
  const from = { kind: 'event', offer } as const;
  const line = {
    from,
    kind: 'ticket' as const,
    itemId,
    name,
    accessLevel,
    bundleId,
    quantity,
    unitMinor,
    discountMinor: 0,
  };
  return { line, max, inventoryId: offer.rules.eventId, at: offer.rules.ticketTypes.indexOf(type) };
}

function askedProduct(offer: ShopOffer, product: Product, quantity: number, bundleId: string | undefined): Asked {
  const { id: itemId, name, priceMinor: unitMinor, perOrderMax: max } = product;
  const from = { kind: 'shop', offer } as const;
  const line = {
    from,
    kind: 'product' as const,
    itemId,
    name,
    accessLevel: '',
    bundleId,
    quantity,
    unitMinor,
    discountMinor: 0,
  };
  return { line, max, inventoryId: offer.rules.businessId, at: offer.rules.products.indexOf(product) };
}

/** Alone and in bundles together: a limit is about the thing, however it is bought. */
function overLimit(asked: readonly Asked[]): { type: string; max: number } | undefined {
  for (const same of Map.groupBy(
    asked,
    ({ line, inventoryId }) => `${line.kind} ${inventoryId} ${line.itemId}`,
  ).values()) {
    const [first] = same;
    const quantity = same.reduce((all, { line }) => all + line.quantity, 0);
    if (first !== undefined && quantity > first.max) return { type: first.line.name, max: first.max };
  }
  return undefined;
}

function inOrder(a: Asked, b: Asked): number {
  return (
    compare(a.line.from.kind, b.line.from.kind) ||
    startOf(a) - startOf(b) ||
    compare(a.inventoryId, b.inventoryId) ||
    compare(a.line.bundleId ?? '', b.line.bundleId ?? '') ||
    a.at - b.at
  );
}

/** What happens first is listed first; shops have no time. */
function startOf({ line: { from } }: Asked): number {
  return from.kind === 'event' ? from.offer.rules.startsAt : 0;
}

/** By code unit: the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function shopOf(shops: readonly ShopOffer[], businessId: string): ShopOffer | undefined {
  return shops.find(({ rules }) => rules.businessId === businessId);
}

function isQuantity(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity >= 1;
}

/** The same thing asked for twice is asked for once, so many times. */
function summed<Item extends { readonly quantity: number }>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Item[] {
  const sums = new Map<string, Item>();
  for (const item of items) {
    const known = sums.get(keyOf(item));
    // A negative one must not be hidden in a sum: it makes the whole line invalid.
    const quantity = known === undefined ? item.quantity : joined(known.quantity, item.quantity);
    sums.set(keyOf(item), { ...item, quantity });
  }
  return [...sums.values()];
}

function joined(a: number, b: number): number {
  return isQuantity(a) && isQuantity(b) ? a + b : Number.NaN;
}
