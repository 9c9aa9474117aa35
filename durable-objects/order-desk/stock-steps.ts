import type { Order, OrderSection } from '#shared/orders/order.ts';
import type { Outcome, StockStep } from '#shared/orders/saga.ts';
import type { OrderDeskPorts } from './ports.ts';

/** Takes one step at the event's inventory. Throws when it does not answer: then nothing is known, nothing decided. */
export async function takeStockStep(
  inventories: OrderDeskPorts['inventories'],
  order: Order,
  step: StockStep,
  /** Undefined once erased. */
  buyerName: string | undefined,
): Promise<Outcome> {
  const [section] = order.snapshot.sections;
  if (section === undefined) throw new Error('An order without sections has no steps');
  const { inventoryId: eventId } = section;
  const { holdId } = step;
  const refusal = (failure: Extract<Outcome, { of: 'refusal' }>['failure']): Outcome => {
    return { of: 'refusal', from: step.do, holdId, failure };
  };
  switch (step.do) {
    case 'hold': {
      const answer = await inventories.hold(eventId, holdRequest(order, section, step, buyerName));
      return answer.ok ? { of: 'hold', holdId, expiresAtMs: answer.value.expiresAtMs } : refusal(answer.failure);
    }
    case 'firm': {
      const answer = await inventories.firm(eventId, holdId);
      return answer.ok ? { of: 'firm', holdId } : refusal(answer.failure);
    }
    case 'confirm': {
      const answer = await inventories.confirm(eventId, holdId);
      return answer.ok
        ? { of: 'confirm', holdId, tickets: answer.value.tickets.map((ticket) => ({ ...ticket, eventId })) }
        : refusal(answer.failure);
    }
    case 'release': {
      const answer = await inventories.release(eventId, holdId);
      return answer.ok ? { of: 'release', holdId } : refusal(answer.failure);
    }
  }
}

function holdRequest(
  { orderId, holdNo, snapshot }: Order,
  section: OrderSection,
  { holdId, firm }: Extract<StockStep, { do: 'hold' }>,
  buyerName: string | undefined,
) {
  const { customerId } = snapshot;
  const { holdTtlMs: ttlMs, via, asksName } = section;
  const lines = section.lines.map(({ itemId, quantity }) => ({ typeId: itemId, quantity }));
  // An offer is answered once: a later hold of the same order takes what is left, like everybody's.
  const offerId = holdNo === 1 ? section.offerId : undefined;
  const holderName = asksName === true ? buyerName : undefined;
  return { holdId, orderId, customerId, lines, firm, ttlMs, via, holderName, offerId };
}
