import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { orderReference } from '#shared/ids.ts';
import { money } from '#shared/money/money.ts';
import type { Contact, Order, OrderLine, OrderSnapshot } from '#shared/orders/order.ts';
import type { EpochMs } from '#shared/time.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { pathTo } from '#workers/routes.ts';
import type { CheckoutLine, OrderState, OrderView } from '#workers/ui/views.ts';
import { snapshotCard } from './present-event.ts';

const shownStates: Readonly<Record<Order['state'], OrderState>> = {
  placed: 'working',
  firm: 'working',
  completed: 'completed',
  refused: 'refused',
  released: 'released',
};

export function orderView(
  order: Order,
  tickets: readonly ShownTicket[],
  about: { contact: Contact | undefined; isGuest: boolean; now: EpochMs },
): OrderView {
  const { orderId, snapshot } = order;
  return {
    orderId,
    reference: orderReference(orderId),
    event: snapshotCard(snapshot, about.now),
    state: shownStates[order.state],
    problem: order.failure === undefined ? undefined : problemOf(order.failure),
    lines: checkoutLines(snapshot.lines, snapshot.currency),
    total: money(snapshot.totalMinor, snapshot.currency),
    buyerEmail: about.contact?.email ?? '',
    tickets: tickets.map(({ ticketId, type, status }) => ({
      ticketId,
      typeName: type.name,
      accessLevel: type.accessLevel,
      status,
      url: pathTo('ticket', { orderId, ticketId }),
    })),
    isGuest: about.isGuest,
  };
}

export function checkoutLines(lines: readonly OrderLine[], currency: OrderSnapshot['currency']): CheckoutLine[] {
  return lines.map(({ typeId, name, accessLevel, quantity, unitMinor }) => ({
    typeId,
    name,
    accessLevel,
    quantity,
    unit: money(unitMinor, currency),
    total: money(unitMinor * quantity, currency),
  }));
}
