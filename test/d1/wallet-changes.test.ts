import { asc, eq } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { deleteOldChanges, feedKeptMs, headOfFeed } from '#d1/queries/wallet-changes.ts';
import { scans, tickets, walletChanges } from '#d1/schema/index.ts';
import { scanRequest } from '#test/support/inventory.ts';
import { quietDesk, quietEvent } from '#test/support/quiet-event.ts';
import { forget, projectionServices } from '#test/support/read-models.ts';
import { project } from '#workers/operations/project-log.ts';
import { rebuildProjection } from '#workers/operations/rebuild-projection.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const { services: base } = projectionServices();
const told: string[] = [];
const services = {
  ...base,
  tellWallets: (names: readonly string[]) => {
    told.push(...names);
    return Promise.resolve();
  },
};
const { db } = services;

function changesFrom(source: string) {
  return db.select().from(walletChanges).where(eq(walletChanges.source, source)).orderBy(asc(walletChanges.seq));
}

describe('what an object decided', () => {
  it('is in the feed with whose it is, in the order in which it happened, and refusals are not', async () => {
    const event = quietEvent();
    const { admitted, refunded, lost } = await event.livesThroughADay();
    await project(services, event.source);
    const changes = await changesFrom(event.source);
    expect(changes.map(({ kind, ticketId }) => [kind, ticketId])).toEqual([
      ['ticket.issued', admitted.ticketId],
      ['ticket.issued', refunded.ticketId],
      ['ticket.issued', lost.ticketId],
      ['ticket.used', admitted.ticketId],
      ['ticket.moved', refunded.ticketId],
    ]);
    const [row] = await db.select().from(tickets).where(eq(tickets.id, admitted.ticketId));
    for (const { customerId, orderId, eventId } of changes) {
      expect({ customerId, orderId, eventId }).toEqual({
        customerId: row?.customerId,
        orderId: row?.orderId,
        eventId: event.eventId,
      });
    }
  });

  it('is said to both of a ticket that was given, and names its order to its giver alone', async () => {
    const event = quietEvent();
    await event.opens();
    const [ticket] = await event.sell(1);
    const { ticketId } = ticket!;
    const giver = await event.give(ticketId);
    told.length = 0;
    await project(services, event.source);
    const changes = (await changesFrom(event.source)).filter(({ kind }) => /received|given/.test(kind));
    const orderId = expect.stringMatching(/./) as string;
    expect(changes.toSorted((one, other) => one.n - other.n)).toMatchObject([
      { n: 0, kind: 'ticket.received', customerId: 'cus_friend', orderId: '', ticketId },
      { n: 1, kind: 'ticket.given', customerId: giver, orderId, ticketId },
    ]);
    const expected = ['customer:cus_friend', `ticket:${ticketId}`, `customer:${giver}`, `order:${changes[1]?.orderId}`];
    expect(told).toEqual(expect.arrayContaining(expected));
  });

  it('is told once it is committed, to the customer and to whoever opened the order, once each', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    told.length = 0;
    await project(services, event.source);
    const [change] = await changesFrom(event.source);
    expect(told.toSorted()).toEqual([`customer:${change?.customerId}`, `order:${change?.orderId}`]);
    await project(services, event.source);
    expect(told).toHaveLength(2);
  });

  it('says of an order what a wallet shows: that it is complete, or why not', async () => {
    const desk = await quietDesk(quietEvent().eventId);
    await project(services, desk.source);
    const changes = await changesFrom(desk.source);
    expect(changes.map(({ kind, orderId, ticketId }) => [kind, orderId, ticketId])).toEqual([
      ['order.moved', desk.completed, null],
      ['order.moved', desk.refused, null],
    ]);
  });

  it('says what was handed out, and not what was refused', async () => {
    const tea = { id: 'tea', name: 'Tea', kind: 'product', quantity: 1, redeemAt: 'counter' } as const;
    const event = quietEvent({ benefits: [tea] });
    await event.opens();
    const [ticket] = await event.sell(1);
    const about = { ...scanRequest(ticket?.handle ?? ''), benefitId: 'tea', quantity: 1 };
    await event.inside((inventory) =>
      inventory.redeemMany([1, 2].map((time) => ({ ...about, redemptionId: `tea-${time}` }))),
    );
    await project(services, event.source);
    expect((await changesFrom(event.source)).map(({ kind }) => kind)).toEqual(['ticket.issued', 'benefit.redeemed']);
  });

  it('keeps a scan that was taken back, and says so', async () => {
    const event = quietEvent();
    const { lost } = await event.livesThroughADay();
    const scan = scanRequest(lost.handle);
    await event.inside(async (inventory) => {
      await inventory.scanMany([scan]);
      return inventory.undoMany([scan]);
    });
    await project(services, event.source);
    expect((await changesFrom(event.source)).slice(-2).map(({ kind }) => kind)).toEqual([
      'ticket.used',
      'ticket.use_undone',
    ]);
    const [row] = await db.select().from(scans).where(eq(scans.scanId, scan.scanId));
    expect(row).toMatchObject({ outcome: 'grant', direction: 'in' });
    expect(row?.undoneAtMs).toBeGreaterThanOrEqual(row?.atMs ?? 0);
  });
});

describe('read twice', () => {
  it('an entry says nothing twice, and nobody is told again', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    await project(services, event.source);
    const once = await changesFrom(event.source);
    await forget(event.eventId, [event.source]);
    told.length = 0;
    await project(services, event.source);
    expect(await changesFrom(event.source)).toEqual(once);
    expect(told).toEqual([]);
  });

  it('by several consumers at once it says each thing once', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    await Promise.allSettled(Array.from({ length: 4 }, () => project(services, event.source)));
    const said = (await changesFrom(event.source)).map(({ sourceSeq, n }) => `${sourceSeq}/${n}`);
    expect(said).toHaveLength(5);
    expect(new Set(said).size).toBe(said.length);
  });

  it('into fresh tables it leaves the feed as it was and tells nobody', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    await project(services, event.source);
    const [before, head] = [await changesFrom(event.source), await headOfFeed(db)];
    told.length = 0;
    const looked = await rebuildProjection(services, event.source, { adopt: false });
    expect(looked?.differences).toEqual([]);
    await rebuildProjection(services, event.source, { adopt: true });
    expect(await changesFrom(event.source)).toEqual(before);
    expect(await headOfFeed(db)).toBe(head);
    expect(told).toEqual([]);
  });

  it('what was set aside is news once it is read after all', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const event = quietEvent();
    await event.livesThroughADay();
    const { entries } = await event.stub.readLog(0);
    const seq = entries.find(({ kind }) => kind === 'scan')?.seq ?? 0;
    const who = { gateId: 'x', deviceId: 'x', staffId: 'x', method: 'code', outcome: 'refuse', reason: 'x' };
    await db.insert(scans).values({ eventId: event.eventId, seq, atMs: 0, scanId: 'in the way', ...who });
    await project(services, event.source);
    expect((await changesFrom(event.source)).map(({ kind }) => kind)).not.toContain('ticket.used');
    await rebuildProjection(services, event.source, { adopt: true });
    expect((await changesFrom(event.source)).at(-1)).toMatchObject({ kind: 'ticket.used', sourceSeq: seq });
  });
});

it('what is older than anybody’s cursor is swept away, a bounded number at a time', async () => {
  const event = quietEvent();
  await event.livesThroughADay();
  await project(services, event.source);
  const [oldest] = await db.select().from(walletChanges).orderBy(asc(walletChanges.seq)).limit(1);
  await db.update(walletChanges).set({ atMs: 1 }).where(eq(walletChanges.source, event.source));
  await db
    .update(walletChanges)
    .set({ atMs: 1 })
    .where(eq(walletChanges.seq, oldest?.seq ?? 0));
  const before = Date.now() - feedKeptMs;
  expect(await deleteOldChanges(db, before, 1)).toBe(1);
  while ((await deleteOldChanges(db, before, 500)) > 0);
  expect(await changesFrom(event.source)).toEqual([]);
});
