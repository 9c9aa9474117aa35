import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentsOfRefund, documentsOfSale, platformSeller } from '#shared/documents/compose.ts';
import { kindOf, taxSums, type DocumentFigures } from '#shared/documents/document.ts';
import { earnings, refundDecided } from '#shared/orders/earnings.ts';
import { newAttempt } from '#shared/orders/attempt.ts';
import type { Order } from '#shared/orders/order.ts';
import type { Refund } from '#shared/orders/refund.ts';
import type { Quote } from '#shared/pricing/quote.ts';
import type { Share } from '#shared/trail/entries.ts';
import { carts, offers, priced } from '#test/support/any-cart.ts';
import { eventSection, order, orderSnapshot, shopSection, ticketLine, topUpSection } from '#test/support/orders.ts';
import { noon } from '#test/support/rules.ts';

const orderId = 'ord_eu00_1';

function bought(quote: Omit<Quote, 'expiresAtMs'>, refunds: readonly Refund[] = []): Order {
  const snapshot = {
    ...quote,
    customerId: 'cus_1',
    sections: quote.sections.map((each) => ({ ...each, holdTtlMs: 1 })),
  };
  const tender = { cardMinor: quote.totalMinor, walletMinor: 0, points: 0, pointsMinor: 0 };
  const attempt = { ...newAttempt({ attemptId: `${orderId}/1`, tender }, noon), state: 'captured' as const };
  return order({ orderId, snapshot, state: 'completed', attempts: [attempt], refunds });
}

function refund(no: number, lines: Refund['lines']): Refund {
  const amountMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  const legs = [{ to: 'card' as const, amountMinor, state: 'done' as const }];
  const about = { to: 'source', cause: 'buyer', byId: 'cus_1', state: 'done' } as const;
  return { refundId: `r${no}`, lines, amountMinor, keptFeeMinor: 0, legs, ...about };
}

const total = (documents: readonly DocumentFigures[]) => documents.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
const linesOf = (documents: readonly DocumentFigures[]) =>
  documents.flatMap(({ parts }) => parts.flatMap(({ lines }) => lines));

/** What the ledger books to one seller, and what that seller's documents say. */
function bookedTo(shares: readonly Share[], sellerId: string): number {
  const own = sellerId === platformSeller ? shares : shares.filter(({ businessId }) => businessId === sellerId);
  return own.reduce((sum, share) => sum + (sellerId === platformSeller ? share.feeMinor : share.netMinor), 0);
}

const sharesIn = (entries: readonly { readonly kind: string }[]) =>
  entries.flatMap((entry) => ('shares' in entry ? (entry.shares as Share[]) : []));

/** In how many parts each line goes back, and how large: thousandths of what is left. */
const givings = fc.array(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 6 }), { maxLength: 4 });

describe('documents of any quote', () => {
  it('come to what it promised: in all, by tax, by line, and to what the ledger books to each seller', () => {
    fc.assert(
      fc.property(offers, carts, (sold, cart) => {
        const { quote } = priced(sold, cart);
        const of = bought(quote);
        const documents = documentsOfSale(of);
        expect(total(documents)).toBe(quote.totalMinor);
        expect(documents.reduce((sum, { taxMinor }) => sum + taxMinor, 0)).toBe(quote.taxMinor);
        const shares = sharesIn(earnings(of));
        for (const document of documents) {
          const { sellerId, netMinor, taxMinor, totalMinor } = document;
          expect(netMinor).toBe(bookedTo(shares, sellerId));
          expect(totalMinor).toBe(netMinor + taxMinor);
          const rates = taxSums(document);
          expect(rates.reduce((sum, rate) => sum + rate.netMinor, 0)).toBe(netMinor);
          expect(rates.reduce((sum, rate) => sum + rate.taxMinor, 0)).toBe(taxMinor);
        }
        for (const line of linesOf(documents)) {
          expect(Math.min(line.netMinor, line.taxMinor)).toBeGreaterThanOrEqual(0);
          if (line.unitMinor === undefined) continue;
          // The list price less what was taken off is the line, as the country writes prices.
          const priceMinor = line.unitMinor * line.quantity - line.discountMinor;
          expect(priceMinor).toBe(line.tax?.mode === 'added' ? line.netMinor : line.netMinor + line.taxMinor);
        }
      }),
    );
  });

  it('are taken back to nothing by credit notes, however a refund is cut up, each as the ledger books it', () => {
    fc.assert(
      fc.property(offers, carts, givings, (sold, cart, cuts) => {
        const { quote } = priced(sold, cart);
        const lines = quote.sections.flatMap((section) => section.lines).filter(({ totalMinor }) => totalMinor > 0);
        const left = new Map(lines.map(({ lineId, totalMinor }) => [lineId, totalMinor]));
        const take = (shareOf: (index: number) => number) =>
          lines.flatMap(({ lineId }, index) => {
            const rest = left.get(lineId) ?? 0;
            const amountMinor = Math.floor((rest * shareOf(index)) / 1_000);
            left.set(lineId, rest - amountMinor);
            return amountMinor > 0 ? [{ lineId, ticketIds: [], quantity: 1, amountMinor }] : [];
          });
        const parts = [...cuts.map((cut) => take((index) => cut[index % cut.length] ?? 0)), take(() => 1_000)];
        const refunds = parts.filter((part) => part.length > 0).map((part, no) => refund(no, part));
        const of = bought(quote, refunds);
        const back = new Map<string, number>();
        for (const each of refunds) {
          const notes = documentsOfRefund(of, each);
          expect(total(notes)).toBe(each.amountMinor);
          const shares = sharesIn([refundDecided(of, each)]);
          for (const { sellerId, netMinor, totalMinor, refersTo } of notes) {
            expect(netMinor).toBe(bookedTo(shares, sellerId));
            back.set(refersTo ?? '', (back.get(refersTo ?? '') ?? 0) + totalMinor);
          }
        }
        const sales = documentsOfSale(of).map(({ documentId, totalMinor }) => [documentId, totalMinor] as const);
        expect(back).toEqual(new Map(sales));
      }),
    );
  });
});

it('what a bank takes beyond the price is its seller’s own to give, and stops nothing', () => {
  const line = ticketLine({ quantity: 1, unitMinor: 1_000, feeMinor: 50, taxMinor: 175, totalMinor: 1_050 });
  const more = { lineId: 'l1', ticketIds: [], quantity: 0, amountMinor: 1_500 };
  const of = bought(orderSnapshot({ sections: [eventSection({ lines: [line] })] }), [
    refund(1, [more]),
    refund(2, [more]),
  ]);
  for (const each of of.refunds) {
    expect(total(documentsOfRefund(of, each))).toBe(1_500);
    expect(sharesIn([refundDecided(of, each)])).toMatchObject([{ businessId: 'biz_test' }]);
  }
});

describe('who writes what', () => {
  const vat = { name: 'VAT', basisPoints: 2_000, mode: 'included' } as const;
  const ticket = ticketLine({
    quantity: 1,
    unitMinor: 1_200,
    feeMinor: 60,
    taxMinor: 210,
    totalMinor: 1_260,
    taxRule: vat,
  });
  const tote = shopSection({}, 'biz_totes');

  it('each business its own goods, the platform its fee, and a seller who gave something for nothing says nothing', () => {
    const free = eventSection({ businessId: 'biz_free' }, 'evt_free');
    const of = bought(orderSnapshot({ sections: [eventSection({ lines: [ticket] }), free, tote] }));
    expect(documentsOfSale(of).map(({ documentId, totalMinor }) => [documentId, totalMinor])).toEqual([
      [`${orderId}/sold/biz_test`, 1_200],
      [`${orderId}/sold/biz_totes`, 700],
      [`${orderId}/sold/platform`, 60],
    ]);
    expect(documentsOfSale(bought(orderSnapshot({ sections: [free] })))).toEqual([]);
  });

  it('money put into a wallet is the platform’s to receive', () => {
    const [receipt] = documentsOfSale(bought(orderSnapshot({ sections: [topUpSection(2_500)] })));
    expect(receipt).toMatchObject({ sellerId: 'platform', totalMinor: 2_500, taxMinor: 0 });
  });

  it('a registered seller of something taxed writes an invoice, every other one a receipt', () => {
    const [taxed, untaxed] = documentsOfSale(
      bought(orderSnapshot({ sections: [eventSection({ lines: [ticket] }), tote] })),
    );
    if (taxed === undefined || untaxed === undefined) throw new Error('Two sold something');
    expect(kindOf(taxed, { taxNumber: 'GB 123 4567 89' })).toBe('invoice');
    expect(kindOf(taxed, { taxNumber: '' })).toBe('receipt');
    expect(kindOf(untaxed, { taxNumber: 'GB 123 4567 89' })).toBe('receipt');
    expect(kindOf({ ...taxed, about: 'refund' }, { taxNumber: '' })).toBe('credit_note');
  });
});
