import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { migrate } from '#objects/common/migrate.ts';
import { deskMigrations } from '#objects/order-desk/migrations.ts';
import { minuteMs } from '#shared/time.ts';
import { freshDesk, freshOrderId, type DeskStub } from '#test/support/desk.ts';
import { freshInventory, sell } from '#test/support/inventory.ts';

const now = Date.now();
const contact = { name: 'Ama Mensah', email: 'ama@example.org' };
const ticket = { ticketId: 'tkt_0000000000010', typeId: 'day', handle: '7KQ2MX9TBD' };

/** What an order was when it could be for one event only. */
function oldSnapshot(eventId: string) {
  return {
    event: {
      eventId,
      slug: 'expo',
      title: '247GBS Expo',
      summary: 'Two days of makers.',
      category: 'expo',
      city: 'London',
      venueName: 'Hall 1',
      venueAddress: '1 Western Gateway',
      timeZone: 'Europe/London',
      startsAtMs: now,
      endsAtMs: now + 1,
      heroKey: 'hero',
      posterKey: 'poster',
    },
    rulesVersion: 3,
    currency: 'NGN',
    lines: [
      { typeId: 'day', name: 'Day ticket', accessLevel: 'Visitor', quantity: 2, unitMinor: 1_000 },
      { typeId: 'child', name: 'Child', accessLevel: 'Visitor', quantity: 1, unitMinor: 333 },
    ],
    feeMinor: 101,
    taxMinor: 50,
    taxName: 'VAT',
    totalMinor: 2_434,
    customerId: 'cus_0123456789ABCDEF',
    holdTtlMs: 10 * minuteMs,
    via: 'poster-3',
    offerId: 'wle_1',
  };
}

type Old = { orderId: string; state: string; progress: object; wakeAtMs: number | null };

/** A desk with rows written by the code of that time. */
async function yesterdays(stub: DeskStub, eventId: string, orders: readonly Old[]): Promise<void> {
  await runInDurableObject(stub, async (_instance, { storage }) => {
    await storage.deleteAll();
    migrate(storage, deskMigrations.slice(0, 1));
    for (const { orderId, state, progress, wakeAtMs } of orders) {
      storage.sql.exec(
        `INSERT INTO orders (order_id, idempotency_key, request_digest, state, snapshot, progress, placed_at_ms,
           contact_name, contact_email, wake_at_ms)
         VALUES (?, ?, 'of another form', ?, ?, ?, ?, ?, ?, ?)`,
        orderId,
        `key-${orderId}`,
        state,
        JSON.stringify(oldSnapshot(eventId)),
        JSON.stringify(progress),
        now,
        contact.name,
        contact.email,
        wakeAtMs,
      );
    }
  });
}

describe('a desk opens the orders of yesterday', () => {
  it('as orders of one section, whose lines share the sums that were kept for the order', async () => {
    const { desk, stub } = freshDesk();
    const orderId = freshOrderId(desk);
    const attempt = { attemptId: `${orderId}/1`, method: 'card', state: 'captured', createdAtMs: now, deadlineMs: now };
    await yesterdays(stub, 'evt_old', [
      { orderId, state: 'completed', progress: { holdNo: 1, attempts: [attempt], tickets: [ticket] }, wakeAtMs: null },
    ]);
    const shown = await stub.show(orderId);
    if (!shown.ok) throw new Error(shown.failure.code);
    const { snapshot, attempts, tickets } = shown.value;
    expect(snapshot).toMatchObject({
      currency: 'NGN',
      totalMinor: 2_434,
      sections: [
        {
          kind: 'event',
          inventoryId: 'evt_old',
          countryCode: 'NG',
          rulesVersion: 3,
          event: { title: '247GBS Expo' },
          via: 'poster-3',
          offerId: 'wle_1',
          lines: [
            { lineId: 'l1', kind: 'ticket', itemId: 'day', quantity: 2, unitMinor: 1_000 },
            { lineId: 'l2', itemId: 'child', quantity: 1 },
          ],
        },
      ],
    });
    const lines = snapshot.sections[0]?.lines ?? [];
    const sumOf = (of: 'feeMinor' | 'taxMinor' | 'totalMinor') => lines.reduce((sum, line) => sum + line[of], 0);
    expect([sumOf('feeMinor'), sumOf('taxMinor'), sumOf('totalMinor')]).toEqual([101, 50, 2_434]);
    expect(attempts).toMatchObject([{ tender: { cardMinor: 2_434, walletMinor: 0, points: 0, pointsMinor: 0 } }]);
    expect(tickets).toEqual([{ ...ticket, eventId: 'evt_old' }]);
  });

  it('and finishes those that had not ended', async () => {
    const { eventId, stub: inventory } = await freshInventory();
    const { desk, stub } = freshDesk();
    const orderId = freshOrderId(desk);
    const sold = await sell(inventory, [{ typeId: 'day', quantity: 2 }], { holdId: `${orderId}/1`, orderId });
    const attempt = { attemptId: `${orderId}/1`, method: 'card', state: 'captured', createdAtMs: now, deadlineMs: now };
    await yesterdays(stub, eventId, [
      { orderId, state: 'captured', progress: { holdNo: 1, attempts: [attempt], tickets: [] }, wakeAtMs: now },
    ]);
    await runInDurableObject(stub, (_instance, { storage }) => storage.setAlarm(now));
    await runDurableObjectAlarm(stub);
    expect(await stub.show(orderId)).toMatchObject({ ok: true, value: { state: 'completed', tickets: sold } });
  });
});
