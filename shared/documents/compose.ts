import { platformGiver } from '../ledger/accounts.ts';
import { sharesBack, sharesOfLine, type LineShares } from '../orders/line-shares.ts';
import { currentAttempt, type Order, type OrderSection } from '../orders/order.ts';
import { backOfLine, refundsBefore, type Refund, type RefundedLine } from '../orders/refund.ts';
import type { QuotedLine } from '../pricing/quote.ts';
import type { DocumentFigures, DocumentLine, DocumentPart, DocumentWay } from './document.ts';

/**
 * Who sells is who invoices, as the ledger books it: the price of a line is its business's, the booking fee and money put
 * into a wallet the platform's own. So an order over two businesses has a document of each, and one of the platform where
 * it took a fee; together they are the order's total. What came to nothing is on no document of that seller.
 */
export const platformSeller = platformGiver;

export function documentsOfSale(order: Order): DocumentFigures[] {
  const parts = order.snapshot.sections.map((section) => ({
    section,
    sold: section.lines.map((line): Sold => ({ line, ...asSold(line), shares: sharesOfLine(line) })),
  }));
  return bySeller(parts).map(([sellerId, of]) => ({
    documentId: saleId(order, sellerId),
    about: 'sale',
    sellerId,
    ...figures(order, of),
    ways: waysPaid(order),
  }));
}

/** Each seller of a refunded line says what it takes back of its own sale: a bank that took it back is no exception. */
export function documentsOfRefund(order: Order, refund: Refund): DocumentFigures[] {
  const earlier = refundsBefore(order, refund);
  const parts = order.snapshot.sections.map((section) => ({
    section,
    sold: section.lines.flatMap((line): Sold[] => {
      const { lineId } = line;
      const of = refund.lines.filter((each) => each.lineId === lineId);
      if (of.length === 0) return [];
      const sum = (amountOf: (each: RefundedLine) => number) => of.reduce((all, each) => all + amountOf(each), 0);
      const backMinor = sum(({ amountMinor }) => amountMinor);
      const shares = sharesBack(line, backOfLine(earlier, lineId), backMinor);
      const quantity = sum((each) => each.quantity);
      return [{ line, quantity, unitMinor: undefined, discountMinor: 0, shares }];
    }),
  }));
  return bySeller(parts).map(([sellerId, of]) => ({
    documentId: `${order.orderId}/refunds/${refund.refundId}/${sellerId}`,
    about: 'refund',
    sellerId,
    refersTo: saleId(order, sellerId),
    cause: refund.cause,
    ...figures(order, of),
    ways: waysBack(refund),
  }));
}

function saleId({ orderId }: Order, sellerId: string): string {
  return `${orderId}/sold/${sellerId}`;
}

type Sold = {
  readonly line: QuotedLine;
  readonly quantity: number;
  readonly unitMinor: number | undefined;
  readonly discountMinor: number;
  readonly shares: LineShares;
};
type SoldBy = { readonly section: OrderSection; readonly sold: readonly Sold[] };

function asSold({ quantity, unitMinor, discountMinor }: QuotedLine) {
  return { quantity, unitMinor, discountMinor };
}

/** Businesses in the order's own order, then the platform; a part of lines each. */
function bySeller(parts: readonly SoldBy[]): [sellerId: string, parts: DocumentPart[]][] {
  const sellers = new Map<string, DocumentPart[]>();
  const add = (sellerId: string, section: OrderSection, lines: readonly DocumentLine[]) => {
    if (lines.length === 0) return;
    sellers.set(sellerId, [...(sellers.get(sellerId) ?? []), { ...headOf(section), lines }]);
  };
  for (const { section, sold } of parts.filter((part) => part.section.kind !== 'wallet')) {
    add(section.businessId, section, sold.map(priceLine));
  }
  for (const { section, sold } of parts) {
    const own = section.kind === 'wallet' ? sold.map(priceLine) : sold.flatMap(feeLine);
    add(platformSeller, section, own);
  }
  return [...sellers].filter(([, of]) => totalOf(of, paid) > 0);
}

function headOf({ kind, inventoryId, countryCode, event, shop }: OrderSection): Omit<DocumentPart, 'lines'> {
  const { startsAtMs, timeZone } = event ?? {};
  return { kind, inventoryId, countryCode, title: event?.title ?? shop?.name, startsAtMs, timeZone };
}

function priceLine({ line, quantity, unitMinor, discountMinor, shares }: Sold): DocumentLine {
  const { kind: what, name } = line;
  const { priceNetMinor: netMinor, priceTaxMinor: taxMinor } = shares;
  return {
    what,
    name,
    quantity,
    ...(unitMinor !== undefined && { unitMinor }),
    discountMinor,
    netMinor,
    taxMinor,
    ...taxed(line),
  };
}

function feeLine({ line, quantity, shares }: Sold): DocumentLine[] {
  const { feeNetMinor: netMinor, feeTaxMinor: taxMinor } = shares;
  if (netMinor + taxMinor === 0) return [];
  return [{ what: 'fee', name: line.name, quantity, discountMinor: 0, netMinor, taxMinor, ...taxed(line) }];
}

function taxed({ taxRule }: QuotedLine): Pick<DocumentLine, 'tax'> {
  return taxRule === undefined ? {} : { tax: taxRule };
}

function figures({ snapshot: { currency } }: Order, parts: readonly DocumentPart[]) {
  const netMinor = totalOf(parts, (line) => line.netMinor);
  const taxMinor = totalOf(parts, (line) => line.taxMinor);
  return { currency, parts, netMinor, taxMinor, totalMinor: netMinor + taxMinor };
}

const paid = ({ netMinor, taxMinor }: DocumentLine): number => netMinor + taxMinor;

function totalOf(parts: readonly DocumentPart[], amountOf: (line: DocumentLine) => number): number {
  return parts.flatMap(({ lines }) => lines).reduce((sum, line) => sum + amountOf(line), 0);
}

function waysPaid(order: Order): DocumentWay[] {
  const tender = currentAttempt(order)?.tender;
  if (tender === undefined) return [];
  const { cardMinor, walletMinor, pointsMinor, points } = tender;
  const ways: DocumentWay[] = [
    { by: 'card', amountMinor: cardMinor },
    { by: 'wallet', amountMinor: walletMinor },
    { by: 'points', amountMinor: pointsMinor, points },
  ];
  return ways.filter(({ amountMinor }) => amountMinor > 0);
}

/** As it is decided: what a card will not take goes to the wallet later, which the statement tells. */
function waysBack({ legs }: Refund): DocumentWay[] {
  return legs
    .filter(({ state }) => state !== 'failed')
    .map(({ to: by, amountMinor, points }) => ({ by, amountMinor, ...(points !== undefined && { points }) }));
}
