import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { orderReference } from '#shared/ids.ts';
import { money } from '#shared/money/money.ts';
import { currentAttempt, orderLines, type Contact, type Order, type OrderSnapshot } from '#shared/orders/order.ts';
import type { QuotedLine } from '#shared/pricing/quote.ts';
import type { EpochMs } from '#shared/time.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { pathTo } from '#workers/routes.ts';
import type { CheckoutLine, OrderState, OrderView } from '#workers/ui/views.ts';
import { snapshotCard } from './present-event.ts';

/** What a buyer needs to know of the desk's many states. */
export const shownStates: Readonly<Record<Order['state'], OrderState>> = {
  placed: 'working',
  held: 'unpaid',
  reserving: 'working',
  securing: 'working',
  firm: 'working',
  authorised: 'working',
  captured: 'working',
  completed: 'completed',
  refusing: 'working',
  refused: 'refused',
  releasing: 'released',
  released: 'released',
  voiding: 'refunding',
  refunding: 'refunding',
  refunded: 'refunded',
};

/** While the buyer is with the bank the order is theirs to pay, though the desk calls it firm. */
function shownState(order: Order): OrderState {
  return order.state === 'firm' && currentAttempt(order) !== undefined ? 'paying' : shownStates[order.state];
}

export function orderView(
  order: Order,
  tickets: readonly ShownTicket[],
  about: {
    contact: Contact | undefined;
    keep?: OrderView['keep'];
    now: EpochMs;
    firstCode?: OrderView['firstCode'];
  },
): OrderView {
  const { orderId, snapshot } = order;
  return {
    orderId,
    reference: orderReference(orderId),
    event: snapshotCard(snapshot, about.now),
    state: shownState(order),
    payUntilMs: order.holdExpiresAtMs ?? currentAttempt(order)?.deadlineMs,
    problem: order.failure === undefined ? undefined : problemOf(order.failure),
    lines: checkoutLines(orderLines(snapshot), snapshot.currency, tiersOf(tickets)),
    fee: money(snapshot.feeMinor, snapshot.currency),
    tax: taxView(snapshot),
    total: money(snapshot.totalMinor, snapshot.currency),
    buyerEmail: about.contact?.email ?? '',
    firstCode: about.firstCode,
    tickets: tickets.map(({ ticketId, type, status, windows }) => ({
      validFromMs: windows[0]?.from,
      ticketId,
      typeName: type.name,
      accessLevel: type.accessLevel,
      tier: type.tier,
      status,
      url: pathTo('ticket', { orderId, ticketId }),
    })),
    keep: about.keep,
  };
}

type Tiers = ReadonlyMap<string, number>;

/** An order remembers the names of its access levels only; its tickets know their numbers. */
function tiersOf(tickets: readonly ShownTicket[]): Tiers {
  return new Map(tickets.map(({ type }) => [type.id, type.tier]));
}

/** `tiers`: by ticket type, where they are known. */
export function checkoutLines(
  lines: readonly QuotedLine[],
  currency: OrderSnapshot['currency'],
  tiers: Tiers = new Map(),
): CheckoutLine[] {
  return lines.map(({ itemId, name, accessLevel, quantity, unitMinor }) => ({
    typeId: itemId,
    name,
    accessLevel,
    tier: tiers.get(itemId),
    quantity,
    unit: money(unitMinor, currency),
    total: money(unitMinor * quantity, currency),
  }));
}

/** Undefined where there is none to speak of. */
export function taxView({ taxMinor, taxName, currency }: Pick<OrderSnapshot, 'taxMinor' | 'taxName' | 'currency'>) {
  return taxName === undefined || taxMinor === 0 ? undefined : { name: taxName, amount: money(taxMinor, currency) };
}
