import { ordersOf, ticketsOf, type Owner } from '#d1/queries/wallet.ts';
import { orderReference, placedAtMs } from '#shared/ids.ts';
import { money, type Currency, type Money } from '#shared/money/money.ts';
import type { Order } from '#shared/orders/order.ts';
import type { EpochMs } from '#shared/time.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import type { EventCard, OrderState } from '#workers/ui/views.ts';
import { plainCard } from './present-event.ts';
import { shownStates } from './present-order.ts';

export type HistoryRow = {
  readonly url: string;
  readonly reference: string;
  readonly title: string;
  readonly placedAtMs: EpochMs;
  readonly timeZone: string;
  readonly amount: Money;
  readonly state: OrderState;
};

export type UpcomingEvent = { readonly event: EventCard; readonly tickets: number };

const historyPage = 20;

/** One page of an owner's orders, and where the next one begins. */
export async function orderHistory(
  { db, clock }: Services,
  owner: Owner,
  beforeMs: EpochMs | undefined,
): Promise<{ rows: HistoryRow[]; olderThanMs: EpochMs | undefined }> {
  const found = await ordersOf(db, owner, { beforeMs: beforeMs ?? clock() + 1, limit: historyPage + 1 });
  const shown = found.slice(0, historyPage);
  const rows = shown.map(({ order, title, timeZone }) => ({
    url: pathTo('order', { orderId: order.id }),
    reference: orderReference(order.id),
    title,
    placedAtMs: placedAtMs(order.id) ?? order.movedAtMs,
    timeZone,
    amount: money(order.totalMinor, order.currency as Currency),
    state: shownStates[order.state as Order['state']],
  }));
  return { rows, olderThanMs: found.length > historyPage ? shown.at(-1)?.order.movedAtMs : undefined };
}

const stillGood: ReadonlySet<string> = new Set(['active', 'paid', 'reserved']);

/** Events to come for which an owner holds tickets that are good, soonest first. */
export async function upcomingEvents({ db, clock }: Services, owner: Owner): Promise<UpcomingEvent[]> {
  const now = clock();
  const good = (await ticketsOf(db, owner)).filter(
    ({ ticket, event }) => stillGood.has(ticket.status) && event.endsAtMs > now,
  );
  return [...Map.groupBy(good, ({ event }) => event.id).values()]
    .flatMap((rows) => {
      const [first] = rows;
      return first === undefined ? [] : [{ event: plainCard(first.event, now), tickets: rows.length }];
    })
    .toSorted((one, other) => one.event.startsAtMs - other.event.startsAtMs);
}
