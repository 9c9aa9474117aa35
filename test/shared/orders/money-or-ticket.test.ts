import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptStates, byCard, newAttempt, type Tender } from '#shared/orders/attempt.ts';
import { orderLines, type Order, type OrderSnapshot, type OrderState } from '#shared/orders/order.ts';
import { isDecided } from '#shared/orders/refund.ts';
import { beginAtOnce, isSettled, newOrder } from '#shared/orders/saga.ts';
import { refundsPayableAccount, suspenseAccount } from '#shared/ledger/accounts.ts';
import type { DeskEntry } from '#shared/trail/entries.ts';
import { noon } from '#test/support/rules.ts';
import { eventSection, order, orderSnapshot, shopSection, ticketLine, topUpSection } from '#test/support/orders.ts';
import { Books, disputedMinor } from './books.ts';
import { comeToRest, World } from './world.ts';

const small = ticketLine({
  lineId: 'l1',
  unitMinor: 1_000,
  quantity: 1,
  feeMinor: 100,
  taxMinor: 183,
  totalMinor: 1_100,
});
const large = ticketLine({ lineId: 'l2', unitMinor: 1_300, quantity: 1 });
const family = ticketLine({
  lineId: 'l1',
  unitMinor: 333,
  quantity: 3,
  discountMinor: 101,
  feeMinor: 50,
  taxMinor: 158,
  totalMinor: 948,
});
const [expo, concert] = [eventSection({ lines: [small] }, 'evt_a'), eventSection({ lines: [large] }, 'evt_b')];
const promo = { promoId: 'early', businessId: 'biz_test', name: 'Early', amountMinor: 100, isCounted: true };

/** What people order: one event, several, goods and promotions with them, nothing but a top-up, nothing that costs. */
const snapshots: Readonly<Record<string, OrderSnapshot>> = {
  'one event': orderSnapshot({ sections: [expo] }),
  'two events': orderSnapshot({ sections: [expo, concert] }),
  'two events, goods and a promotion': orderSnapshot({ sections: [expo, concert, shopSection()], discounts: [promo] }),
  'an event and a promotion': orderSnapshot({ sections: [expo], discounts: [promo] }),
  'an event and a top-up': orderSnapshot({ sections: [expo, topUpSection(500)] }),
  'a top-up': orderSnapshot({ sections: [topUpSection(500)] }),
  'three tickets at a price that does not divide, by a platform’s promotion': orderSnapshot({
    sections: [eventSection({ lines: [family] }, 'evt_a')],
    discounts: [{ ...promo, businessId: 'platform', isCounted: false, amountMinor: 101 }],
  }),
  'two free events': orderSnapshot({ sections: [eventSection({}, 'evt_a'), eventSection({}, 'evt_b')] }),
};

/** Just placed, or placed and paid in one. */
function ordered(snapshot: OrderSnapshot, paidAtOnce?: 'card' | 'mixed' | 'balance'): Order {
  const placed = newOrder(order().orderId, snapshot, noon);
  if (paidAtOnce === undefined || placed.state !== 'placed') return placed;
  const tender = tenderOf(snapshot, paidAtOnce);
  const begun = beginAtOnce(placed, newAttempt({ attemptId: `${placed.orderId}/1`, tender }, noon));
  return typeof begun === 'string' ? placed : begun;
}

/** All by card, a part from wallet and points, or all from those. */
function tenderOf(snapshot: OrderSnapshot, kind: 'card' | 'mixed' | 'balance'): Tender {
  const { totalMinor } = snapshot;
  if (kind === 'card') return byCard(totalMinor);
  const pointsMinor = Math.min(200, totalMinor);
  const walletMinor = kind === 'mixed' ? Math.floor((totalMinor - pointsMinor) / 2) : totalMinor - pointsMinor;
  return { cardMinor: totalMinor - walletMinor - pointsMinor, walletMinor, points: pointsMinor, pointsMinor };
}

const nth = fc.nat(3);
const loses = fc.boolean();
const happening = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('step' as const), nth, loses }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('again' as const), nth: fc.nat(20), loses }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pay' as const), by: fc.constantFrom('card', 'mixed', 'balance') }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('approve' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('late' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('webhook' as const), nth }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('ask back' as const),
      nth,
      isBuyer: fc.boolean(),
      to: fc.constantFrom('source' as const, 'wallet' as const),
      isWhole: fc.boolean(),
      isAgain: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('use' as const), nth }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('dashboard' as const),
      amountMinor: fc.constantFrom(undefined, 1, 316, 700, 1_100),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('dispute' as const),
      state: fc.constantFrom('open', 'won', 'lost'),
      amountMinor: fc.constantFrom(undefined, undefined, 500, 1_100),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('stale' as const),
      nth,
      state: fc.constantFrom(...attemptStates.filter((state) => state !== 'new')),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const), minutes: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('others' as const), nth, count: fc.integer({ min: -1, max: 2 }) }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

function happen(world: World, event: Happening): void {
  switch (event.kind) {
    case 'step':
      world.step(event.nth, event.loses);
      return;
    case 'again':
      return world.arriveAgain(event.nth, event.loses);
    case 'pay':
      return world.pressPay(tenderOf(world.order.snapshot, event.by));
    case 'approve':
      return world.approve(event.nth);
    case 'late':
      return world.arriveLate(event.nth);
    case 'cancel':
      return world.cancelEvent(event.nth);
    case 'webhook':
      return world.webhook(event.nth);
    case 'ask back':
      return world.askRefund(event.nth, event);
    case 'use':
      return world.useTicket(event.nth);
    case 'dashboard':
      return world.refundInDashboard(event.amountMinor);
    case 'dispute':
      return world.dispute(event.state, event.amountMinor);
    case 'stale':
      return world.staleWebhook(event.nth, event.state);
    case 'time':
      return world.passMinutes(event.minutes);
    case 'others':
      return world.othersTake(event.nth, event.count);
  }
}

const purseMinor = 4_000;
/** `MONEY_RUNS` and `MONEY_SEED` ask for more, and for the same again. */
const runs = Number(process.env['MONEY_RUNS'] ?? (process.env['FULL'] === '1' ? 20_000 : 1_500));
const seed = process.env['MONEY_SEED'] === undefined ? undefined : Number(process.env['MONEY_SEED']);

describe('I3: paid means ticket or money back', () => {
  it.each(Object.entries(snapshots))(
    'whatever is lost, late, repeated or out of order: %s, at rest, owes nobody anything',
    (_what, snapshot) => {
      fc.assert(
        fc.property(
          fc.constantFrom(0, 1, 1, 2),
          fc.constantFrom(0, purseMinor),
          fc.constantFrom(undefined, 'card', 'mixed', 'balance'),
          fc.array(happening, { maxLength: 80, size: 'max' }),
          (places, walletMinor, paidAtOnce, events) => {
            const world = new World(ordered(snapshot, paidAtOnce), places, walletMinor);
            const books = new Books();
            for (const event of events) {
              happen(world, event);
              books.follow(world);
            }
            comeToRest(world);
            books.follow(world);
            expectAtRest(world, walletMinor);
          },
        ),
        { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
      );
    },
    runs * 20,
  );

  it('a part given back in the dashboard while all of it is due counts towards what is due, and the card gets the rest', () => {
    const snapshot = snapshots['two events, goods and a promotion']!;
    const world = new World(ordered(snapshot, 'mixed'), 2, purseMinor);
    stepUntil(world, 'firm');
    world.cancelEvent(0);
    world.step(0, false);
    world.approve(0);
    world.webhook(0);
    stepUntil(world, 'completed');
    // 1,100 is due for the cancelled event, of the 1,450 its buyer paid by card.
    world.refundInDashboard(350);
    world.refundInDashboard(350);
    comeToRest(world);
    expectAtRest(world, purseMinor);
    expect(world.order.refunds).toMatchObject([
      { cause: 'event_cancelled', legs: [{ to: 'card', amountMinor: 1_100, state: 'done' }] },
    ]);
    expect([...world.payments.values()]).toMatchObject([{ amountMinor: 1_450, backMinor: 1_100 }]);
  });

  it('a free order of several events needs no gateway to end in tickets', () => {
    const world = new World(ordered(snapshots['two free events']!), 1);
    comeToRest(world);
    expect(world.order).toMatchObject({ state: 'completed', attempts: [], tickets: [{}, {}, {}, {}] });
  });
});

function stepUntil(world: World, state: OrderState): void {
  while (world.order.state !== state) expect(world.step(0, false)).toBe(true);
}

function expectAtRest(world: World, hadMinor: number): void {
  const { order: ended } = world;
  expect(isSettled(ended)).toBe(true);
  const { sections } = ended.snapshot;
  const isCompleted = ended.state === 'completed';
  const got = sections.filter(({ kind, inventoryId }) => {
    return kind === 'wallet' ? isCompleted : world.holds('confirmed', inventoryId) === 1;
  });
  // Goods and tickets: what is there is the order's, and what the order has is there.
  expect(isCompleted).toBe(got.length > 0);
  expect(world.holds('firm') + world.holds('held')).toBe(0);
  const events = got.filter(({ kind }) => kind === 'event').map(({ inventoryId }) => inventoryId);
  expect(new Set(ended.tickets.map(({ eventId }) => eventId))).toEqual(new Set(events));
  if (!isCompleted) expect(world.holds('confirmed')).toBe(0);
  // Money: what was kept of every source together is what those things cost.
  const priceMinor = orderLines({ sections: got }).reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  const decided = ended.refunds.filter(isDecided);
  // Of sections whose tickets were never made, nothing stands among what was got.
  const costMinor = decided
    .filter(({ cause }) => cause !== 'event_cancelled')
    .reduce((sum, { amountMinor }) => sum - amountMinor, priceMinor);
  // What is still to be paid back waits for one thing only: a bank that has not decided.
  const dueMinor = decided
    .flatMap(({ legs }) => legs.filter(({ state }) => state === 'new'))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  // Revoked is what was refunded, and nothing else; of what a bank asks about, nothing opens a gate.
  const back = decided.flatMap(({ lines }) => lines);
  expect(world.revoked).toEqual(new Set(back.flatMap(({ ticketIds }) => ticketIds)));
  const isOpen = ended.disputes?.some(({ state }) => state === 'open') ?? false;
  expect(world.suspended.size).toBe(isOpen ? ended.tickets.length - world.revoked.size : 0);
  if (!isOpen) expect(dueMinor).toBe(0);
  const cardMinor = [...world.payments.values()]
    .filter(({ state }) => state === 'captured')
    .reduce((sum, { amountMinor, backMinor, disputes }) => {
      return sum + amountMinor - backMinor - disputedMinor(disputes, 'lost');
    }, 0);
  // Who was paid twice owes it.
  const owedMinor = (ended.overpaid ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const spentMinor = hadMinor - world.walletMinor - walletBackMinor(world.entries);
  expect(cardMinor + spentMinor).toBe(costMinor + dueMinor - owedMinor);
  expect([...world.payments.values()].filter(({ state }) => state === 'authorised')).toEqual([]);
  expect([...world.asides.values()].filter(({ state }) => state === 'reserved')).toEqual([]);
  // I4, as the ledger posts it: nothing hangs between the accounts, and what the sellers have is what the order cost.
  const { book } = new Books().follow(world);
  const asidesMinor = [...world.asides.values()]
    .filter(({ state }) => state === 'posted')
    .reduce((sum, { tender }) => sum + tender.walletMinor + tender.pointsMinor, 0);
  // What was set aside is posted by the ledger itself, to the same account.
  expect(book.balance(suspenseAccount('GBP'))).toBe(0 - asidesMinor);
  expect(book.balance(refundsPayableAccount('GBP'))).toBe(dueMinor);
}

function walletBackMinor(entries: readonly DeskEntry[]): number {
  return entries.reduce((sum, entry) => {
    return entry.kind === 'refund.paid' && entry.to !== 'card' ? sum + entry.amountMinor : sum;
  }, 0);
}
