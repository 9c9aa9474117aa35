import { afterEach, describe, expect, it, vi } from 'vitest';
import { project } from '#workers/operations/project-log.ts';
import { cursorOf, forget, projectionServices, readModelsOf } from '#test/support/read-models.ts';
import { quietDesk, quietEvent } from '#test/support/quiet-event.ts';
import { scanRequest } from '#test/support/inventory.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const { services, messages } = projectionServices();

describe('what an object decided', () => {
  it('reaches D1 as it was decided: tickets, scans and stock of an inventory', async () => {
    const event = quietEvent();
    const { admitted, refunded, lost } = await event.livesThroughADay();
    expect(await project(services, event.source)).toBe(true);
    const read = await readModelsOf(event.eventId);
    const statusOf = new Map(read.tickets.map(({ id, status, entries }) => [id, [status, entries]]));
    expect(statusOf.get(admitted.ticketId)).toEqual(['redeemed', 1]);
    expect(statusOf.get(refunded.ticketId)).toEqual(['refunded', 0]);
    expect(statusOf.get(lost.ticketId)).toEqual(['active', 0]);
    expect(read.scans.map(({ reason, ticketId }) => [reason, ticketId])).toEqual([
      ['admitted', admitted.ticketId],
      ['already_admitted', admitted.ticketId],
      ['unreadable_code', null],
      ['wrong_gate', lost.ticketId],
    ]);
    expect(read.stock).toEqual([{ eventId: event.eventId, stockId: 'type:day', capacity: 10, held: 0, sold: 2 }]);
  });

  it('reaches D1 as it was decided: orders of a desk, and a confirmation for each completed one', async () => {
    const { eventId } = quietEvent();
    const desk = await quietDesk(eventId);
    messages.length = 0;
    expect(await project(services, desk.source)).toBe(true);
    const read = new Map((await readModelsOf(eventId)).orders.map((row) => [row.id, row]));
    expect(read.get(desk.completed)).toMatchObject({ state: 'completed', quantity: 2, failureCode: null });
    expect(read.get(desk.refused)).toMatchObject({ state: 'refused', failureCode: 'sold_out' });
    expect(messages).toEqual([{ kind: 'order_confirmation', orderId: desk.completed }]);
  });

  it('is read from where D1 stopped, and the cursor follows', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    await project(services, event.source);
    const before = await cursorOf(event.source);
    await event.inside((inventory) => inventory.scanMany([scanRequest('later')]));
    expect((await readModelsOf(event.eventId)).scans).toHaveLength(4);
    await project(services, event.source);
    expect((await readModelsOf(event.eventId)).scans).toHaveLength(5);
    expect(await cursorOf(event.source)).toBe((before ?? 0) + 1);
  });

  it('is read whole, though it fills many batches', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    const flood = Array.from({ length: 900 }, (_, index) => scanRequest(`nonsense ${index}`));
    await event.inside((inventory) => inventory.scanMany(flood));
    expect(await project(services, event.source)).toBe(true);
    expect((await readModelsOf(event.eventId)).scans).toHaveLength(904);
    const { headSeq } = await event.stub.readLog(0);
    expect(await cursorOf(event.source)).toBe(headSeq);
  });
});

describe('a ring', () => {
  it('repeated changes nothing', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    await project(services, event.source);
    const once = await readModelsOf(event.eventId);
    await project(services, event.source);
    await project(services, event.source);
    expect(await readModelsOf(event.eventId)).toEqual(once);
  });

  it('of the desk before, or after, the inventory’s gives the same rows', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    const desk = await quietDesk(event.eventId);
    await project(services, desk.source);
    await project(services, event.source);
    const deskFirst = await readModelsOf(event.eventId);
    await forget(event.eventId, [event.source, desk.source]);
    await project(services, event.source);
    await project(services, desk.source);
    expect(await readModelsOf(event.eventId)).toEqual(deskFirst);
  });

  it('of an object that has nothing to say, or of no kind we know, is answered and done with', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await project(services, quietEvent().source)).toBe(true);
    expect(await project(services, 'mystery:1')).toBe(true);
  });

  it('sends a confirmation once, however often it is repeated', async () => {
    const { eventId } = quietEvent();
    const desk = await quietDesk(eventId);
    messages.length = 0;
    await project(services, desk.source);
    await project(services, desk.source);
    expect(messages).toHaveLength(1);
  });
});

describe('consumers that race', () => {
  it('over a log nobody has read project each entry exactly once', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    const settled = await Promise.allSettled(Array.from({ length: 4 }, () => project(services, event.source)));
    expect(settled.some(({ status }) => status === 'fulfilled')).toBe(true);
    const raced = await readModelsOf(event.eventId);
    await forget(event.eventId, [event.source]);
    await project(services, event.source);
    expect(raced).toEqual(await readModelsOf(event.eventId));
  });

  it('from the same cursor on project each entry exactly once', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    await project(services, event.source);
    await event.inside((inventory) => inventory.scanMany([scanRequest('a'), scanRequest('b')]));
    await Promise.allSettled(Array.from({ length: 4 }, () => project(services, event.source)));
    expect((await readModelsOf(event.eventId)).scans).toHaveLength(6);
    expect(await cursorOf(event.source)).toBe((await event.stub.readLog(0)).headSeq);
  });
});

describe('I9: read models converge', () => {
  it('replaying every log from zero rebuilds exactly the same rows', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    const desk = await quietDesk(event.eventId);
    // Read in steps the first time, as rings would have it; whole the second time.
    await project(services, event.source);
    const [given] = await event.sell(2);
    await event.give(given?.ticketId ?? '');
    await project(services, desk.source);
    await project(services, event.source);
    const asItHappened = await readModelsOf(event.eventId);
    await forget(event.eventId, [event.source, desk.source]);
    expect(await readModelsOf(event.eventId)).toEqual({ orders: [], tickets: [], scans: [], stock: [] });
    await project(services, desk.source);
    await project(services, event.source);
    expect(await readModelsOf(event.eventId)).toEqual(asItHappened);
    expect(asItHappened.tickets).toHaveLength(5);
  });
});
