import type { DeskMoneyEntry, Share } from '../trail/entries.ts';
import { byCard } from './attempt.ts';
import { currentAttempt, orderLines, type Order, type OrderSection } from './order.ts';
import { isDecided, type Refund } from './refund.ts';
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

/**
 * What the sellers of refunded lines give back: of a line refunded in part, a part of each of its amounts. It is what they
 * owe for all that went back so far, less what they owed before, so that refunds one by one come to those of the whole.
 */
export function sharesOfRefund(order: Order, refund: Refund): Share[] {
  const earlier = order.refunds.slice(
    0,
    order.refunds.findIndex(({ refundId }) => refundId === refund.refundId),
  );
  const before = backByLine(earlier.filter(isDecided));
  const after = backByLine([...earlier.filter(isDecided), refund]);
  const isTouched = ({ lineId }: QuotedLine) => refund.lines.some((line) => line.lineId === lineId);
  return order.snapshot.sections.flatMap((section) => {
    const touched = section.lines.filter(isTouched);
    if (touched.length === 0) return [];
    const owed = (back: ReadonlyMap<string, number>) =>
      shareOf(
        order,
        section,
        touched.map((line) => partOfLine(line, back.get(line.lineId) ?? 0)),
      );
    return lessShare(owed(after), owed(before));
  });
}

function backByLine(refunds: readonly Refund[]): Map<string, number> {
  const back = new Map<string, number>();
  for (const { lineId, amountMinor } of refunds.flatMap(({ lines }) => lines)) {
    back.set(lineId, (back.get(lineId) ?? 0) + amountMinor);
  }
  return back;
}

/** Rounding may leave one amount a minor unit behind; none goes below nothing, the net makes up for it. */
function lessShare(all: Share, before: Share): Share {
  const totalMinor = whole(all) - whole(before);
  const taxMinor = clamp(all.taxMinor - before.taxMinor, totalMinor);
  const feeMinor = clamp(all.feeMinor - before.feeMinor, totalMinor - taxMinor);
  const given = new Map(before.discounts.map(({ businessId, amountMinor }) => [businessId, amountMinor]));
  const discounts = all.discounts
    .map(({ businessId, amountMinor }) => ({ businessId, amountMinor: amountMinor - (given.get(businessId) ?? 0) }))
    .filter(({ amountMinor }) => amountMinor > 0);
  return { ...all, taxMinor, feeMinor, netMinor: totalMinor - taxMinor - feeMinor, discounts };
}

function whole({ netMinor, feeMinor, taxMinor }: Share): number {
  return netMinor + feeMinor + taxMinor;
}

function clamp(amountMinor: number, mostMinor: number): number {
  return Math.min(Math.max(amountMinor, 0), mostMinor);
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
  const [feeMinor, taxMinor, discountMinor] = [part(line.feeMinor), part(line.taxMinor), part(line.discountMinor)];
  const isAdded = line.totalMinor > line.unitMinor * line.quantity - line.discountMinor + line.feeMinor;
  const priceMinor = backMinor - feeMinor - (isAdded ? taxMinor : 0);
  return {
    quantity: 1,
    unitMinor: priceMinor + discountMinor,
    discountMinor,
    feeMinor,
    taxMinor,
    totalMinor: backMinor,
  };
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}
