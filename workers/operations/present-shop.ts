import type { ProductRow } from '#d1/queries/shop.ts';
import { ticketTypeOf, type EventRules } from '#shared/inventory/rules.ts';
import type { Bundle } from '#shared/inventory/shop-rules.ts';
import { money } from '#shared/money/money.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { ShopItem } from '#workers/ui/views.ts';
import type { ShopForSale } from './shop-for-sale.ts';

/** As many as stand beside tickets without pushing them off the page. */
const besideTicketsMax = 6;

/**
 * What a business sells itself: beside an event's tickets the bundles with them first, and on its own page its things alone,
 * since a bundle's tickets are chosen on their event's page.
 */
export function shopItems(
  { rules }: ShopForSale,
  rows: readonly ProductRow[],
  event?: { readonly rules: EventRules },
): ShopItem[] {
  const described = new Map(rows.map((row) => [row.id, row]));
  const products = rules.products.map(({ id, name, priceMinor, perOrderMax }): ShopItem => {
    const row = described.get(id);
    return {
      field: `p_${id}`,
      name,
      description: row?.description ?? '',
      price: money(priceMinor, rules.currency),
      apart: undefined,
      pictureUrl: row?.pictureKey == null ? undefined : pathTo('media', { key: row.pictureKey }),
      pickup: row?.pickup ?? undefined,
      most: perOrderMax,
    };
  });
  if (event === undefined) return products;
  const bundles = rules.bundles
    .filter(({ eventId }) => eventId === event.rules.eventId)
    .map((bundle) => bundleItem(bundle, rules, event.rules));
  return [...bundles, ...products].slice(0, besideTicketsMax);
}

function bundleItem(bundle: Bundle, shop: ShopForSale['rules'], event: EventRules): ShopItem {
  const parts = [
    ...bundle.tickets.map((part) => ({ ...part, of: ticketTypeOf(event, part.typeId) })),
    ...bundle.products.map((part) => ({ ...part, of: shop.products.find(({ id }) => id === part.productId) })),
  ];
  const apartMinor = parts.reduce((sum, part) => sum + (part.of?.priceMinor ?? 0) * part.quantity, 0);
  const limits = parts.map((part) => Math.floor((part.of?.perOrderMax ?? 0) / part.quantity));
  const listed = parts.map((part) => messages.storefront.receipt.line(part.quantity, part.of?.name ?? ''));
  return {
    field: `b_${bundle.id}`,
    name: bundle.name,
    description: messages.storefront.shop.with(listed.join(', ')),
    price: money(Math.min(bundle.priceMinor, apartMinor), shop.currency),
    apart: apartMinor > bundle.priceMinor ? money(apartMinor, shop.currency) : undefined,
    pictureUrl: undefined,
    pickup: undefined,
    most: Math.min(...limits),
  };
}
