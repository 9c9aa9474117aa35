import type { ShopRules } from '#shared/inventory/shop-rules.ts';
import type { EventOffer, Offers, ShopOffer, Wanted } from '#shared/pricing/wanted.ts';
import { dayMs } from '#shared/time.ts';
import { eventRules, noon, ticketType } from './rules.ts';

/** What a business of two events and a shop sells, as tests buy it. */

export function eventOffer(overrides: Parameters<typeof eventRules>[0] = {}, countryCode = 'GB'): EventOffer {
  return { rules: eventRules(overrides), rulesVersion: 7, countryCode };
}

export function product(overrides: Partial<ShopRules['products'][number]> = {}): ShopRules['products'][number] {
  return { id: 'tote', name: 'Tote bag', priceMinor: 1_200, stock: 100, perOrderMax: 50, ...overrides };
}

export function promo(overrides: Partial<ShopRules['promos'][number]> = {}): ShopRules['promos'][number] {
  return {
    id: 'early',
    name: 'Early bird',
    codeDigest: 'digest-of-early',
    off: { kind: 'percent', basisPoints: 1_000 },
    window: { from: noon - dayMs, until: noon + dayMs },
    ...overrides,
  };
}

export function shopOffer(overrides: Partial<ShopRules> = {}, countryCode = 'GB'): ShopOffer {
  const rules = { businessId: 'biz_test', currency: 'GBP' as const, products: [product()], bundles: [], promos: [] };
  return { rules: { ...rules, ...overrides }, rulesVersion: 3, countryCode };
}

export function wanted(overrides: Partial<Wanted> = {}): Wanted {
  return { tickets: [], products: [], bundles: [], codeDigests: [], ...overrides };
}

export function ticketsOf(eventId: string, quantities: Readonly<Record<string, number>>): Wanted['tickets'] {
  return Object.entries(quantities).map(([typeId, quantity]) => ({ eventId, typeId, quantity }));
}

/** One event that sells a day ticket at £24 and a free one. */
export function oneEvent(overrides: Parameters<typeof eventRules>[0] = {}): Offers {
  const free = ticketType({ id: 'free', name: 'Free entry', priceMinor: 0 });
  const day = ticketType({ id: 'day', priceMinor: 2_400 });
  return { events: [eventOffer({ ticketTypes: [free, day], ...overrides })], shops: [] };
}
