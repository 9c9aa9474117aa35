import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRules } from '#shared/inventory/rules.ts';
import type { Quote } from '#shared/pricing/quote.ts';
import { quoteCart, quoteTopUp } from '#shared/pricing/quote-cart.ts';
import type { Offers, Wanted } from '#shared/pricing/wanted.ts';
import { eventOffer, oneEvent, product, shopOffer, ticketsOf, wanted } from '#test/support/offers.ts';
import { noon, ticketType } from '#test/support/rules.ts';

function priced(offers: Offers, want: Wanted): Quote {
  const answer = quoteCart(offers, want, noon);
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value.quote;
}

function ticketQuote(overrides: Partial<EventRules>, quantities: Record<string, number>): Quote {
  return priced(oneEvent(overrides), wanted({ tickets: ticketsOf('evt_test', quantities) }));
}

const fee = { fixedMinor: 50, basisPoints: 300 };

describe('a quote', () => {
  it('charges the booking fee on tickets that cost something, and on those alone', () => {
    // Each paid ticket: 50p and 3% of £24, which is 72p.
    const made = ticketQuote({ bookingFee: fee }, { free: 3, day: 2 });
    expect(made).toMatchObject({ feeMinor: 2 * 122, totalMinor: 2 * 2_400 + 2 * 122 });
    expect(made.sections[0]?.lines.map(({ itemId, feeMinor }) => [itemId, feeMinor])).toEqual([
      ['free', 0],
      ['day', 244],
    ]);
  });

  it('contains included tax, and adds tax that is added', () => {
    const included = ticketQuote({ tax: { name: 'VAT', basisPoints: 2_000, mode: 'included' } }, { day: 1 });
    expect(included).toMatchObject({ taxMinor: 400, totalMinor: 2_400, taxName: 'VAT' });
    const added = ticketQuote({ tax: { name: 'VAT', basisPoints: 1_600, mode: 'added' } }, { day: 1 });
    expect(added).toMatchObject({ taxMinor: 384, totalMinor: 2_784 });
  });

  it('names the rules it was made from, and when it runs out', () => {
    const made = ticketQuote({}, { day: 1 });
    expect(made.sections[0]?.rulesVersion).toBe(7);
    expect(made.expiresAtMs).toBeGreaterThan(noon);
  });

  it.each([
    ['nothing', {}, 'quantity_invalid'],
    ['an unknown type', { gone: 1 }, 'ticket_type_unknown'],
    ['a negative number', { day: -1 }, 'quantity_invalid'],
    ['half a ticket', { day: 0.5 }, 'quantity_invalid'],
    ['more than can be counted', { day: 2 ** 60 }, 'quantity_invalid'],
    ['too many', { day: 51 }, 'order_limit_exceeded'],
  ])('refuses %s', (_what, quantities, code) => {
    const answer = quoteCart(oneEvent(), wanted({ tickets: ticketsOf('evt_test', quantities) }), noon);
    expect(answer).toMatchObject({ ok: false, failure: { code } });
  });

  it('refuses two currencies in one order, and says which', () => {
    const lagos = eventOffer({ eventId: 'evt_lagos', currency: 'NGN', ticketTypes: [ticketType({ priceMinor: 1 })] });
    const offers = { ...oneEvent(), events: [...oneEvent().events, lagos] };
    const both = [...ticketsOf('evt_test', { day: 1 }), ...ticketsOf('evt_lagos', { day: 1 })];
    expect(quoteCart(offers, wanted({ tickets: both }), noon)).toMatchObject({
      ok: false,
      failure: { code: 'currencies_mixed', facts: { currencies: 'GBP, NGN' } },
    });
  });

  it('hides no negative number in a sum', () => {
    const twice = [...ticketsOf('evt_test', { day: 5 }), ...ticketsOf('evt_test', { day: -3 })];
    expect(quoteCart(oneEvent(), wanted({ tickets: twice }), noon)).toMatchObject({
      failure: { code: 'quantity_invalid' },
    });
  });

  it('has a section for each event and then each shop, each under its own tax', () => {
    const offers = {
      events: [
        eventOffer({ eventId: 'evt_b', ticketTypes: [ticketType({ priceMinor: 1_000 })], startsAt: noon + 2 }),
        eventOffer({
          eventId: 'evt_a',
          ticketTypes: [ticketType({ priceMinor: 1_200 })],
          startsAt: noon + 5,
          tax: { name: 'VAT', basisPoints: 2_000, mode: 'included' },
        }),
      ],
      shops: [shopOffer({ products: [product({ tax: { name: 'VAT', basisPoints: 500, mode: 'added' } })] })],
    };
    const made = priced(
      offers,
      wanted({
        products: [{ businessId: 'biz_test', productId: 'tote', quantity: 2 }],
        tickets: [...ticketsOf('evt_a', { day: 1 }), ...ticketsOf('evt_b', { day: 1 })],
      }),
    );
    expect(made.sections.map(({ kind, inventoryId, taxName }) => [kind, inventoryId, taxName])).toEqual([
      ['event', 'evt_b', undefined],
      ['event', 'evt_a', 'VAT'],
      ['shop', 'biz_test', 'VAT'],
    ]);
    expect(made).toMatchObject({ taxMinor: 200 + 120, totalMinor: 1_000 + 1_200 + 2_400 + 120, taxName: 'VAT' });
    expect(made.sections.flatMap(({ lines }) => lines.map(({ lineId }) => lineId))).toEqual(['l1', 'l2', 'l3']);
  });
});

it('never takes less tax for more', () => {
  const amounts = fc.record({
    price: fc.nat(1_000_000),
    dearer: fc.nat(1_000),
    basisPoints: fc.nat(5_000),
    mode: fc.constantFrom('included' as const, 'added' as const),
  });
  fc.assert(
    fc.property(amounts, ({ price, dearer, basisPoints, mode }) => {
      const taxAt = (priceMinor: number) =>
        ticketQuote({ ticketTypes: [ticketType({ priceMinor })], tax: { name: 'VAT', basisPoints, mode } }, { day: 3 })
          .taxMinor;
      expect(taxAt(price + dearer)).toBeGreaterThanOrEqual(taxAt(price));
    }),
  );
});

it('puts money into a wallet without fee or tax', () => {
  expect(quoteTopUp(2_000, 'GBP', noon)).toMatchObject({
    ok: true,
    value: { totalMinor: 2_000, feeMinor: 0, taxMinor: 0, sections: [{ kind: 'wallet', inventoryId: '' }] },
  });
  for (const amount of [0, -5, 0.5, Number.NaN, 2 ** 60]) {
    expect(quoteTopUp(amount, 'GBP', noon)).toMatchObject({ ok: false });
  }
});
