import { documentsOfRefund, documentsOfSale } from '../documents/compose.ts';
import type { DeskMoneyEntry, Share } from '../trail/entries.ts';
import { byCard } from './attempt.ts';
import { partOfLine, sharesBack, sharesOfLine, type LineAmounts, type LineShares } from './line-shares.ts';
import { currentAttempt, orderLines, type Order, type OrderSection } from './order.ts';
import { backOfLine, refundsBefore, type Refund } from './refund.ts';
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
      shares: sold.map((section) => {
        const given = givenBy(order, section, section.lines);
        return shareOf(section, section.lines.map(sharesOfLine), given);
      }),
      topUpMinor: sum(topUps, (line) => line.totalMinor),
      tender: currentAttempt(order)?.tender ?? byCard(0),
      documents: documentsOfSale(order),
    },
  ];
}

/** What is decided to go back: who gives back how much of it, and what they are to write about it. */
export function refundDecided(order: Order, refund: Refund): DeskMoneyEntry {
  const { refundId, amountMinor, cause, lines: refunded } = refund;
  const { customerId, currency } = order.snapshot;
  return {
    kind: 'refund.decided',
    orderId: order.orderId,
    customerId,
    currency,
    refundId,
    shares: sharesOfRefund(order, refund),
    amountMinor,
    cause,
    lines: refunded.map((line) => ({ lineId: line.lineId, amountMinor: line.amountMinor })),
    documents: documentsOfRefund(order, refund),
  };
}

/** What the sellers of refunded lines give back: of a line refunded in part, a part of each of its amounts. */
function sharesOfRefund(order: Order, refund: Refund): Share[] {
  const earlier = refundsBefore(order, refund);
  const isTouched = ({ lineId }: QuotedLine) => refund.lines.some((line) => line.lineId === lineId);
  return order.snapshot.sections.flatMap((section) => {
    const touched = section.lines.filter(isTouched);
    if (touched.length === 0) return [];
    const back = touched.map((line) => {
      const amountMinor = sumOf(backOfLine([refund], line.lineId));
      return sharesBack(line, backOfLine(earlier, line.lineId), amountMinor);
    });
    const given = (refunds: readonly Refund[]) => {
      const parts = touched.map((line) => partOfLine(line, sumOf(backOfLine(refunds, line.lineId))));
      return givenBy(order, section, parts);
    };
    return shareOf(section, back, lessGiven(given([...earlier, refund]), given(earlier)));
  });
}

function lessGiven(all: Share['discounts'], before: Share['discounts']): Share['discounts'] {
  const given = new Map(before.map(({ businessId, amountMinor }) => [businessId, amountMinor]));
  return all
    .map(({ businessId, amountMinor }) => ({ businessId, amountMinor: amountMinor - (given.get(businessId) ?? 0) }))
    .filter(({ amountMinor }) => amountMinor > 0);
}

function shareOf(section: OrderSection, lines: readonly LineShares[], discounts: Share['discounts']): Share {
  const { businessId, inventoryId, countryCode } = section;
  const netMinor = sum(lines, ({ priceNetMinor }) => priceNetMinor);
  const feeMinor = sum(lines, ({ feeNetMinor }) => feeNetMinor);
  const taxMinor = sum(lines, ({ priceTaxMinor, feeTaxMinor }) => priceTaxMinor + feeTaxMinor);
  return { businessId, inventoryId, countryCode, netMinor, feeMinor, taxMinor, discounts };
}

/**
 * Who bears what was taken off these lines. A promotion of somebody who sells nothing in the order, such as the platform's,
 * is shared over the sections by what was taken off each; all else is the seller's own.
 */
function givenBy(
  { snapshot: { sections, discounts: promotions } }: Order,
  { businessId: sellerId }: OrderSection,
  lines: readonly LineAmounts[],
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

function sumOf(amounts: readonly number[]): number {
  return sum(amounts, (minor) => minor);
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}
