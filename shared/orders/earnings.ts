import type { DeskMoneyEntry, Share } from '../trail/entries.ts';
import { byCard } from './attempt.ts';
import { currentAttempt, orderLines, type Order, type OrderSection } from './order.ts';
import type { Refund } from './refund.ts';
import type { QuotedLine } from '../pricing/quote.ts';

/** Who earns what of a completed order. Nothing is said of one that cost nobody anything. */
export function earnings(order: Order): DeskMoneyEntry[] {
  const { orderId, snapshot } = order;
  const { customerId, currency, sections, discounts, totalMinor } = snapshot;
  if (totalMinor === 0 && discounts.length === 0) return [];
  const sold = sections.filter(({ kind }) => kind !== 'wallet');
  const topUps = orderLines({ sections: sections.filter(({ kind }) => kind === 'wallet') });
  return [
    {
      kind: 'order.earned',
      orderId,
      customerId,
      currency,
      shares: sold.map((section) => shareOf(order, section, section.lines)),
      topUpMinor: sum(topUps, (line) => line.totalMinor),
      tender: currentAttempt(order)?.tender ?? byCard(0),
    },
  ];
}

/** What the sellers of refunded lines give back: of a line refunded in part, a part of each of its amounts. */
export function sharesOfRefund(order: Order, { lines: refunded }: Refund): Share[] {
  const backOf = new Map(refunded.map(({ lineId, amountMinor }) => [lineId, amountMinor]));
  return order.snapshot.sections.flatMap((section) => {
    const lines = section.lines.flatMap((line) => {
      const backMinor = backOf.get(line.lineId);
      return backMinor === undefined ? [] : partOfLine(line, backMinor);
    });
    return lines.length === 0 ? [] : shareOf(order, section, lines);
  });
}

type Amounts = Pick<QuotedLine, 'quantity' | 'unitMinor' | 'discountMinor' | 'feeMinor' | 'taxMinor' | 'totalMinor'>;

function shareOf({ snapshot }: Order, section: OrderSection, lines: readonly Amounts[]): Share {
  const { businessId, inventoryId, countryCode } = section;
  const taxMinor = sum(lines, (line) => line.taxMinor);
  const feeMinor = sum(lines, (line) => line.feeMinor - taxInFee(line));
  const netMinor = sum(lines, (line) => line.totalMinor) - taxMinor - feeMinor;
  const discounts = givenBy(snapshot.sections, snapshot.discounts, section, lines);
  return { businessId, inventoryId, countryCode, netMinor, feeMinor, taxMinor, discounts };
}

/** Where tax is included the fee contains its part of it; where it is added the fee is bare. Half a unit rounds up. */
function taxInFee({ quantity, unitMinor, discountMinor, feeMinor, taxMinor, totalMinor }: Amounts): number {
  const taxedMinor = unitMinor * quantity - discountMinor + feeMinor;
  if (taxedMinor === 0 || totalMinor > taxedMinor) return 0;
  return Math.floor((taxMinor * feeMinor + Math.floor(taxedMinor / 2)) / taxedMinor);
}

/**
 * Who bears what was taken off these lines. A promotion of somebody who sells nothing in the order, such as the platform's,
 * is shared over the sections by what was taken off each; all else is the seller's own.
 */
function givenBy(
  sections: readonly OrderSection[],
  promotions: Order['snapshot']['discounts'],
  { businessId: sellerId }: OrderSection,
  lines: readonly Amounts[],
): Share['discounts'] {
  const offMinor = sum(lines, (line) => line.discountMinor);
  if (offMinor === 0) return [];
  const sellers = new Set(sections.map(({ businessId }) => businessId));
  const offInAllMinor = sum(orderLines({ sections }), (line) => line.discountMinor);
  const given = promotions
    .filter(({ businessId }) => !sellers.has(businessId))
    .map(({ businessId, amountMinor }) => {
      return { businessId, amountMinor: Math.floor((amountMinor * offMinor) / offInAllMinor) };
    })
    .filter(({ amountMinor }) => amountMinor > 0);
  const ownMinor = offMinor - sum(given, ({ amountMinor }) => amountMinor);
  return ownMinor > 0 ? [{ businessId: sellerId, amountMinor: ownMinor }, ...given] : given;
}

/** Each of a line's amounts in the same proportion; what is left of a minor unit stays with the net. */
function partOfLine(line: QuotedLine, backMinor: number): Amounts {
  if (backMinor === line.totalMinor) return line;
  const part = (amountMinor: number) => Math.floor((amountMinor * backMinor) / line.totalMinor);
  const [feeMinor, taxMinor] = [part(line.feeMinor), part(line.taxMinor)];
  const isAdded = line.totalMinor > line.unitMinor * line.quantity - line.discountMinor + line.feeMinor;
  const priceMinor = backMinor - feeMinor - (isAdded ? taxMinor : 0);
  return { quantity: 1, unitMinor: priceMinor, discountMinor: 0, feeMinor, taxMinor, totalMinor: backMinor };
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}
