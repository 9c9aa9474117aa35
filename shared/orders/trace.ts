import type { LoggedLine, OrderMoved } from '../trail/entries.ts';
import { orderQuantity, quantityOf, type Order, type OrderSnapshot } from './order.ts';

/** What the desk's log says of an order's new state; its lines are said once, when there is no state before. */
export function orderMoved(order: Order, before: Order | undefined): OrderMoved {
  const { orderId, state, snapshot, attempts, tickets, failure } = order;
  const captured = attempts.filter((attempt) => attempt.state === 'captured');
  return {
    kind: 'order.moved',
    orderId,
    state,
    events: snapshot.sections
      .filter(({ kind }) => kind === 'event')
      .map(({ inventoryId: eventId, lines }) => ({ eventId, quantity: quantityOf(lines) })),
    ...(before === undefined ? { lines: loggedLines(snapshot) } : {}),
    customerId: snapshot.customerId,
    currency: snapshot.currency,
    totalMinor: snapshot.totalMinor,
    quantity: orderQuantity(snapshot),
    capturedMinor: captured.reduce((sum, { tender }) => sum + tender.cardMinor, 0),
    via: snapshot.sections.find(({ via }) => via !== undefined)?.via,
    ticketIds: tickets.map(({ ticketId }) => ticketId),
    failureCode: failure?.code,
  };
}

function loggedLines({ sections }: OrderSnapshot): LoggedLine[] {
  return sections.flatMap(({ kind: of, inventoryId, businessId, lines }) =>
    lines.map(({ lineId, kind, itemId, name, quantity, totalMinor }) => {
      const eventId = of === 'event' ? inventoryId : '';
      return { lineId, eventId, businessId, kind, itemId, name, quantity, totalMinor };
    }),
  );
}
