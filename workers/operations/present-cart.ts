import { keyOf, quantityMax, type Cart, type CartItem } from '#shared/cart/cart.ts';
import { ticketTypeOf } from '#shared/inventory/rules.ts';
import { money, type Currency } from '#shared/money/money.ts';
import type { QuotedCart } from '#shared/pricing/quote-cart.ts';
import type { EpochMs } from '#shared/time.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import type { CartGroup, CartRow, CartView } from '#workers/ui/views.ts';
import { maxPerOrder } from './cart.ts';
import type { Choice } from './load-choice.ts';
import { eventCard } from './present-event.ts';
import { sumsView } from './present-sums.ts';
import { whyNot, type StockLeft } from './stock-left.ts';

const words = messages.storefront.cart;

type Drawn = {
  readonly cart: Cart;
  readonly version: number;
  readonly choice: Choice;
  readonly left: StockLeft;
  /** What each currency's things come to, where they can be priced as they stand: an order has one currency. */
  readonly quotes: ReadonlyMap<Currency, QuotedCart | undefined>;
  readonly codes: CartView['codes'];
  readonly now: EpochMs;
};

/** The cart as its page shows it: by currency, since each is an order of its own, then by event and business. */
export function cartView({
  cart,
  version,
  choice,
  left,
  quotes,
  codes,
  now,
}: Drawn): Omit<CartView, 'problem' | 'codeError'> {
  const rows = cart.items.flatMap((item) => {
    const row = rowOf(choice, left, item, now);
    return row === undefined ? [] : [{ item, row }];
  });
  const groups = [...quotes].map(([currency, priced]): CartGroup => {
    const own = rows.filter(({ item }) => currencyOf(choice, item) === currency);
    const isBlocked = priced === undefined || own.some(({ row }) => row.problem !== undefined);
    return {
      currency,
      parts: partsOf(choice, own, now),
      sums: priced && sumsView(priced.quote),
      isReady: !isBlocked,
    };
  });
  return {
    version,
    groups,
    codes,
    isGift: cart.isGift === true,
    gone: choice.gone.map((item) => ({ key: keyOf(item), name: item.id.replaceAll(/[-_]/g, ' ') })),
    cut: (cart.cut ?? []).map((item) => words.cut(nameOf(choice, { ...item, quantity: 1 }), item.kept)),
  };
}

export function currencyOf({ sales, shops }: Choice, item: CartItem): Currency | undefined {
  if (item.kind === 'ticket') return sales.find(({ event }) => event.slug === item.of)?.rules.currency;
  return shops.find(({ business }) => business.slug === item.of)?.rules.currency;
}

/** What one of each thing costs now, by its key. */
export function unitPrices(choice: Choice, items: readonly CartItem[]): Map<string, number> {
  return new Map(items.map((item) => [keyOf(item), unitOf(choice, item)?.unitMinor ?? 0]));
}

function partsOf(
  choice: Choice,
  rows: readonly { readonly item: CartItem; readonly row: CartRow }[],
  now: EpochMs,
): CartGroup['parts'] {
  const byOrigin = Map.groupBy(rows, ({ item }) => `${item.kind === 'ticket' ? 'event' : 'shop'}/${item.of}`);
  return [...byOrigin.values()].map((part) => {
    const item = part[0]?.item;
    const sale = item?.kind === 'ticket' ? choice.sales.find(({ event }) => event.slug === item.of) : undefined;
    const shop = choice.shops.find(({ business }) => business.slug === item?.of);
    return {
      event: sale && eventCard(sale.event, sale.rules, now),
      shop: sale || !shop ? undefined : { name: shop.business.name, slug: shop.business.slug },
      rows: part.map(({ row }) => row),
    };
  });
}

function rowOf(choice: Choice, left: StockLeft, item: CartItem, now: EpochMs): CartRow | undefined {
  const unit = unitOf(choice, item);
  const currency = currencyOf(choice, item);
  if (unit === undefined || currency === undefined) return undefined;
  const failure = whyNot(choice, left, item, now);
  const hasChanged = item.seenMinor !== undefined && item.seenMinor !== unit.unitMinor;
  return {
    key: keyOf(item),
    kind: item.kind,
    name: unit.name,
    parts: unit.parts,
    paper: unit.paper,
    quantity: item.quantity,
    most: Math.max(item.quantity, Math.min(maxPerOrder(choice, item) ?? quantityMax, quantityMax)),
    unit: money(unit.unitMinor, currency),
    total: money(unit.unitMinor * item.quantity, currency),
    apart: unit.apartMinor > unit.unitMinor ? money(unit.apartMinor * item.quantity, currency) : undefined,
    was: hasChanged ? money(item.seenMinor ?? 0, currency) : undefined,
    problem: failure === undefined ? undefined : problemOf(failure).detail,
  };
}

function nameOf(choice: Choice, item: CartItem): string {
  return unitOf(choice, item)?.name ?? item.id;
}

type Unit = {
  readonly name: string;
  readonly unitMinor: number;
  /** What a bundle's parts cost one by one. */
  readonly apartMinor: number;
  /** What is in a bundle. */
  readonly parts: string[];
  readonly paper: { readonly accessLevel: string; readonly tier: number } | undefined;
};

export function unitOf({ sales, shops }: Choice, item: CartItem): Unit | undefined {
  if (item.kind === 'ticket') {
    const sale = sales.find(({ event }) => event.slug === item.of);
    const type = sale && ticketTypeOf(sale.rules, item.id);
    if (type === undefined) return undefined;
    const { name, priceMinor: unitMinor, accessLevel, tier } = type;
    return { name, unitMinor, apartMinor: unitMinor, parts: [], paper: { accessLevel, tier } };
  }
  const shop = shops.find(({ business }) => business.slug === item.of);
  const productOf = (id: string) => shop?.rules.products.find((each) => each.id === id);
  if (item.kind === 'product') {
    const product = productOf(item.id);
    if (product === undefined) return undefined;
    const { name, priceMinor: unitMinor } = product;
    return { name, unitMinor, apartMinor: unitMinor, parts: [], paper: undefined };
  }
  const bundle = shop?.rules.bundles.find(({ id }) => id === item.id);
  const sale = sales.find(({ event }) => event.id === bundle?.eventId);
  if (bundle === undefined || sale === undefined) return undefined;
  const parts = [
    ...bundle.tickets.map((part) => ({ ...part, of: ticketTypeOf(sale.rules, part.typeId) })),
    ...bundle.products.map((part) => ({ ...part, of: productOf(part.productId) })),
  ];
  const apartMinor = parts.reduce((sum, part) => sum + (part.of?.priceMinor ?? 0) * part.quantity, 0);
  return {
    name: bundle.name,
    unitMinor: Math.min(bundle.priceMinor, apartMinor),
    apartMinor,
    parts: parts.map((part) => messages.storefront.receipt.line(part.quantity, part.of?.name ?? '')),
    paper: undefined,
  };
}
