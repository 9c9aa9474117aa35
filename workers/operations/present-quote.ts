import type { CartItem } from '#shared/cart/cart.ts';
import { ticketTypeOf } from '#shared/inventory/rules.ts';
import { money } from '#shared/money/money.ts';
import type { Quote } from '#shared/pricing/quote.ts';
import type { EpochMs } from '#shared/time.ts';
import type { AmendRow, ReceiptPart, ReceiptView } from '#workers/ui/views.ts';
import type { Choice } from './load-choice.ts';
import { currencyOf, unitOf } from './present-cart.ts';
import { eventCard } from './present-event.ts';
import { lineView, sumsView } from './present-sums.ts';

const prefixes = { ticket: 'q', product: 'p', bundle: 'b' } as const;

/** A quote as a till receipt: by event and business, what is taken off below the lines. */
export function quoteReceipt(quote: Quote, { sales, shops }: Choice, now: EpochMs): ReceiptView {
  const parts = quote.sections.map((section): ReceiptPart => {
    const sale = sales.find(({ event }) => event.id === section.inventoryId);
    const shop = shops.find(({ business }) => business.id === section.inventoryId);
    const tierOf = (typeId: string) => sale && ticketTypeOf(sale.rules, typeId)?.tier;
    return {
      event: sale && eventCard(sale.event, sale.rules, now),
      shop: shop && { name: shop.business.name, slug: shop.business.slug },
      lines: section.lines.map((line) => lineView(line, quote.currency, { tier: tierOf(line.itemId) })),
    };
  });
  return { parts, sums: sumsView(quote) };
}

/** Where too many were asked for, fewer can be asked for on the spot. */
export function amendRows(choice: Choice, items: readonly CartItem[]): AmendRow[] {
  return items.flatMap((item) => {
    const unit = unitOf(choice, item);
    const currency = currencyOf(choice, item);
    if (unit === undefined || currency === undefined) return [];
    const total = money(unit.unitMinor * item.quantity, currency);
    return [{ field: `${prefixes[item.kind]}_${item.id}`, name: unit.name, quantity: item.quantity, total }];
  });
}
