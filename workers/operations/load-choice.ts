import type { CartItem } from '#shared/cart/cart.ts';
import { ticketTypeOf } from '#shared/inventory/rules.ts';
import type { Offers, Wanted } from '#shared/pricing/wanted.ts';
import { fail, ok, type Failure, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { eventForSale, eventForSaleById, type EventForSale } from './event-for-sale.ts';
import { digestOfCode } from './promo-codes.ts';
import { shopForSale, shopForSaleById, type ShopForSale } from './shop-for-sale.ts';

/** What somebody chose, from wherever it comes: a cart, an event's page, a program. */
export type Chosen = { readonly items: readonly CartItem[]; readonly codes: readonly string[] };

/** The same with the rules in force of everything in it. */
export type Choice = {
  readonly sales: readonly EventForSale[];
  readonly shops: readonly ShopForSale[];
  readonly offers: Offers;
  readonly wanted: Wanted;
  /** What no rules in force know any more: it is not among what is wanted. */
  readonly gone: readonly CartItem[];
};

type Loaded = { readonly sales: Map<string, EventForSale>; readonly shops: Map<string, ShopForSale> };

/** Reads what is needed to price a choice. Fails only while the catalogue does not answer. */
export async function loadChoice(
  services: Services,
  { items, codes }: Chosen,
): Promise<Result<Choice, 'temporarily_unavailable'>> {
  const loaded = await loadNamed(services, items);
  if (!loaded.ok) return loaded;
  const more = await loadRest(services, loaded.value, items, codes.length > 0);
  if (!more.ok) return more;
  const { sales, shops } = loaded.value;
  const known = items.filter((item) => isKnown(loaded.value, item));
  const codeDigests = await Promise.all(codes.map(digestOfCode));
  return ok({
    sales: [...sales.values()],
    shops: [...shops.values()],
    offers: offersOf(loaded.value),
    wanted: { ...wantedOf(loaded.value, known), codeDigests },
    gone: items.filter((item) => !known.includes(item)),
  });
}

async function loadNamed(
  services: Services,
  items: readonly CartItem[],
): Promise<Result<Loaded, 'temporarily_unavailable'>> {
  const slugs = (isMeant: (item: CartItem) => boolean) => [...new Set(items.filter(isMeant).map(({ of }) => of))];
  const [events, shops] = await Promise.all([
    Promise.all(slugs(({ kind }) => kind === 'ticket').map((slug) => eventForSale(services, slug))),
    Promise.all(slugs(({ kind }) => kind !== 'ticket').map((slug) => shopForSale(services, slug))),
  ]);
  if ([...events, ...shops].some(isAway)) return fail('temporarily_unavailable');
  return ok({
    sales: new Map(events.flatMap((each) => (each.ok ? [[each.value.event.id, each.value] as const] : []))),
    shops: new Map(shops.flatMap((each) => (each.ok ? [[each.value.business.id, each.value] as const] : []))),
  });
}

/** Events that bundles take tickets of, and the shops whose codes may be good for what is chosen. */
async function loadRest(
  services: Services,
  { sales, shops }: Loaded,
  items: readonly CartItem[],
  hasCodes: boolean,
): Promise<Result<undefined, 'temporarily_unavailable'>> {
  const bundled = items.flatMap((item) => bundleOf(shops, item)?.eventId ?? []);
  const events = await Promise.all(
    [...new Set(bundled)].filter((id) => !sales.has(id)).map((id) => eventForSaleById(services, id)),
  );
  for (const each of events) if (each.ok) sales.set(each.value.event.id, each.value);
  const earners = hasCodes ? [...sales.values()].map(({ business }) => business.id) : [];
  const codeShops = await Promise.all(
    [...new Set(earners)].filter((id) => !shops.has(id)).map((id) => shopForSaleById(services, id)),
  );
  for (const each of codeShops) if (each.ok) shops.set(each.value.business.id, each.value);
  return [...events, ...codeShops].some(isAway) ? fail('temporarily_unavailable') : ok();
}

function isAway(answer: Result<unknown, 'not_found' | 'temporarily_unavailable'>): boolean {
  return !answer.ok && answer.failure.code === 'temporarily_unavailable';
}

function isKnown({ sales, shops }: Loaded, item: CartItem): boolean {
  if (item.kind === 'ticket') {
    const sale = saleOf(sales, item);
    return sale !== undefined && ticketTypeOf(sale.rules, item.id) !== undefined;
  }
  if (item.kind === 'product') {
    return shopOf(shops, item)?.rules.products.some(({ id }) => id === item.id) === true;
  }
  const bundle = bundleOf(shops, item);
  return bundle !== undefined && sales.has(bundle.eventId);
}

function offersOf({ sales, shops }: Loaded): Offers {
  return {
    events: [...sales.values()].map(({ rules, rulesVersion, event: { countryCode } }) => ({
      rules,
      rulesVersion,
      countryCode,
    })),
    shops: [...shops.values()].map(({ rules, rulesVersion, business: { countryCode } }) => ({
      rules,
      rulesVersion,
      countryCode,
    })),
  };
}

function wantedOf({ sales, shops }: Loaded, items: readonly CartItem[]): Omit<Wanted, 'codeDigests'> {
  const shopId = (item: CartItem): string => shopOf(shops, item)?.business.id ?? '';
  const of = (kind: CartItem['kind']) => items.filter((item) => item.kind === kind);
  return {
    tickets: of('ticket').map((item) => ({
      eventId: saleOf(sales, item)?.event.id ?? '',
      typeId: item.id,
      quantity: item.quantity,
    })),
    products: of('product').map((item) => ({
      businessId: shopId(item),
      productId: item.id,
      quantity: item.quantity,
    })),
    bundles: of('bundle').map((item) => ({ businessId: shopId(item), bundleId: item.id, quantity: item.quantity })),
  };
}

function saleOf(sales: Loaded['sales'], { of }: CartItem): EventForSale | undefined {
  return [...sales.values()].find(({ event }) => event.slug === of);
}

function shopOf(shops: Loaded['shops'], { of }: CartItem): ShopForSale | undefined {
  return [...shops.values()].find(({ business }) => business.slug === of);
}

function bundleOf(shops: Loaded['shops'], item: CartItem) {
  if (item.kind !== 'bundle') return undefined;
  return shopOf(shops, item)?.rules.bundles.find(({ id }) => id === item.id);
}

/** Why something chosen is not sold any more: its event or business is not known, or does not offer it. */
export function whyGone({ sales, shops, gone: [item] }: Choice): Failure | undefined {
  if (item === undefined) return undefined;
  const { kind, of } = item;
  const isThere =
    kind === 'ticket'
      ? sales.some(({ event }) => event.slug === of)
      : shops.some(({ business }) => business.slug === of);
  const codes = { ticket: 'ticket_type_unknown', product: 'product_unknown', bundle: 'bundle_unknown' } as const;
  return { code: isThere || kind !== 'ticket' ? codes[kind] : 'not_found' };
}
