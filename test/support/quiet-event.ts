import { only } from '#objects/event-inventory/client.ts';
import type { EventInventoryObject } from '#objects/event-inventory/object.ts';
import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { hourMs } from '#shared/time.ts';
import { freshDesk, insideDesk, placeRequest, willingInventories } from './desk.ts';
import { codeOf, emptyInventory, holdRequest, insideInventory, scanRequest } from './inventory.ts';
import { eventRules, ticketType } from './rules.ts';

/** Ahead of the real clock, so that no real alarm rings the real bell in the middle of a slow test. */
const clock = () => Date.now() + hourMs;

/** An event whose objects ring no bell, so that D1 reads it only when a test says so. */
export function quietEvent(draft: Partial<TicketType> = {}) {
  const { eventId, eventNumber, stub } = emptyInventory();
  const rules: EventRules = eventRules(
    { eventId, eventNumber, ticketTypes: [ticketType({ capacity: 10, ...draft }, Date.now())] },
    Date.now(),
  );
  const inside = <Answer>(use: (inventory: EventInventoryObject) => Promise<Answer>) =>
    insideInventory(stub, { clock }, ({ inventory }) => use(inventory));

  async function sell(count: number) {
    const request = holdRequest({ firm: true, lines: [{ typeId: 'day', quantity: count }] });
    const confirmed = await inside(async (inventory) => {
      await inventory.holdMany([request]);
      return only(await inventory.confirmMany([request.holdId]));
    });
    if (!confirmed.ok) throw new Error(`Not sold: ${confirmed.failure.code}`);
    return confirmed.value.tickets;
  }

  /** Its rules, and nothing else yet. */
  const opens = () => inside((inventory) => inventory.applyRules(1, 'hash-1', JSON.stringify(rules)));

  /** Rules, three tickets, one of them admitted, one refunded, one refused at the wrong gate, and a hold let go. */
  async function livesThroughADay() {
    await opens();
    const [admitted, refunded, lost] = await sell(3);
    if (admitted === undefined || refunded === undefined || lost === undefined) throw new Error('Three were sold');
    const code = await codeOf(stub, admitted);
    await inside(async (inventory) => {
      await inventory.scanMany([scanRequest(code), scanRequest(code), scanRequest('nonsense')]);
      await inventory.scanMany([scanRequest(lost.handle, { gateId: 'stairs' })]);
      await inventory.moveMany([{ ticketId: refunded.ticketId, move: 'refund' }]);
      await inventory.holdMany([holdRequest({ holdId: 'let-go' })]);
      await inventory.releaseMany(['let-go']);
    });
    return { admitted, refunded, lost };
  }

  /** Offered and accepted. Answers who gave it. */
  async function give(ticketId: string, toCustomerId = 'cus_friend'): Promise<string> {
    const byCustomerId = only(await stub.showTickets([ticketId])).customerId;
    const offer = { transferId: `trf_${ticketId}`, ticketId, byCustomerId };
    await inside(async (inventory) => {
      await inventory.offerTickets([offer]);
      await inventory.transferTickets([{ ...offer, toCustomerId }]);
    });
    return byCustomerId;
  }

  return { eventId, source: `inventory:${eventId}`, stub, inside, opens, sell, give, livesThroughADay };
}

/** A desk that rings no bell, with one order of an event completed and one refused. */
export async function quietDesk(eventId: string) {
  const { desk, stub } = freshDesk();
  const completed = placeRequest(desk, eventId);
  const refused = placeRequest(desk, eventId);
  const soldOut: typeof willingInventories = {
    ...willingInventories,
    issue: () => Promise.resolve({ ok: false, failure: { code: 'sold_out', facts: { left: 0 } } }),
  };
  await insideDesk(stub, { clock, inventories: willingInventories }, (object) => object.place(completed));
  await insideDesk(stub, { clock, inventories: soldOut }, (object) => object.place(refused));
  return { source: `desk:${desk}`, completed: completed.orderId, refused: refused.orderId };
}
