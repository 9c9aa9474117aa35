import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eq } from 'drizzle-orm';
import { changesOf } from '#d1/queries/event-changes.ts';
import { events, programmeItems } from '#d1/schema/index.ts';
import { dayMs, localDay } from '#shared/time.ts';
import { moneyAndTickets, orderNow } from '#test/support/bank.ts';
import {
  boughtByCard,
  inventoryAt,
  looked,
  paidDayEvent,
  postpone,
  priceMinor,
  services,
} from '#test/support/changes.ts';
import { codeOf, scanAt } from '#test/support/inventory.ts';
import { newWorker, post, trailOf } from '#test/support/staff.ts';
import { businessId, visit } from '#test/workers/http/site.ts';
import { mailboxOf } from '#workers/local/mailbox/mailbox.ts';
import { environment } from '#test/support/environment.ts';
import { pathTo } from '#workers/routes.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

async function refundForm(html: string): Promise<Record<string, string>> {
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
}

describe('an event moves (5.2/5, 5.2/8)', () => {
  it('codes stay, windows and programme move, and everybody who bought is told once', async () => {
    const { slug, eventId } = await paidDayEvent();
    const email = `${crypto.randomUUID()}@buyers.example`;
    const { orderId } = await boughtByCard(slug, 1, { name: 'Ama', email });
    const talk = { title: 'Talk', summary: 'x', kind: 'talk' as const, place: 'Hall', people: [] };
    const [before] = await services.db.select().from(events).where(eq(events.id, eventId));
    const { startsAtMs } = before!;
    await services.db
      .insert(programmeItems)
      .values({ id: `prg_${eventId}`, eventId, ...talk, startsAtMs, endsAtMs: startsAtMs + 1 });
    const stub = inventoryAt(eventId);
    const [ticket] = (await orderNow(orderId)).tickets;
    const code = await codeOf(stub, ticket!);
    const key = crypto.randomUUID();
    await postpone(slug, key);
    // Pressed again.
    const [change] = await changesOf(services.db, eventId, 1);
    await postpone(slug, key, change?.startsAtMs ?? 0);
    expect(await looked(eventId)).toMatchObject({ done: 1, failed: 0 });
    expect(await codeOf(stub, ticket!)).toBe(code);
    expect(await scanAt(stub, code)).toMatchObject({ reason: 'wrong_day' });
    const [after] = await services.db.select().from(events).where(eq(events.id, eventId));
    const [item] = await services.db.select().from(programmeItems).where(eq(programmeItems.eventId, eventId));
    expect(item!.startsAtMs - startsAtMs).toBe(2 * dayMs);
    expect(after!.startsAtMs).toBeGreaterThan(Date.now() + dayMs);
    await vi.waitFor(async () => {
      const told = (await mailboxOf(environment).list()).filter(({ to }) => to === email);
      expect(told.filter(({ subject }) => subject?.startsWith('New dates'))).toHaveLength(1);
    });
  });

  it('its buyer may have all the money back until the deadline, though the rules give none', async () => {
    const { slug, eventId } = await paidDayEvent();
    const { browser, orderId } = await boughtByCard(slug);
    const path = pathTo('orderRefund', { orderId });
    expect((await browser.get(path)).html).not.toContain('name="line"');
    await postpone(slug);
    await looked(eventId);
    const { html: order } = await browser.get(pathTo('order', { orderId }));
    for (const text of ['247GBS Expo moves', 'You can come? Do nothing.', 'Have my money back']) {
      expect(order).toContain(text);
    }
    const { html } = await browser.get(path);
    expect(html).toContain('The event moved: all of it back');
    await browser.post(path, { ...(await refundForm(html)), quantity: '1', to: 'source' });
    expect((await orderNow(orderId)).refunds).toMatchObject([{ cause: 'event_postponed', amountMinor: priceMinor }]);
    expect(await moneyAndTickets(orderId)).toEqual({ keptMinor: 0, liveMinor: 0, reservations: 0 });
  });

  it('who orders afterwards knows the dates, and has no such choice', async () => {
    const { slug, eventId } = await paidDayEvent();
    await postpone(slug);
    await looked(eventId);
    const { browser, orderId } = await boughtByCard(slug);
    expect((await browser.get(pathTo('order', { orderId }))).html).not.toContain('Have my money back');
    expect((await browser.get(pathTo('orderRefund', { orderId }))).html).not.toContain('name="line"');
  });

  it('by the form of its owner: days by the event’s clocks, and on record', async () => {
    const { slug, eventId } = await paidDayEvent();
    const owner = await newWorker({ businessId, role: 'owner' });
    const path = pathTo('studioPostpone', { slug });
    const day = (days: number) => localDay(Date.now() + days * dayMs, 'Europe/London');
    const fields = { key: crypto.randomUUID(), day: day(9), clock: '10:30', until: day(5) };
    expect((await post(path, owner.headers, { ...fields, day: day(-9) })).status).toBe(422);
    expect((await post(path, owner.headers, { ...fields, until: day(20), day: '' })).status).toBe(422);
    expect((await post(path, owner.headers, fields)).status).toBe(303);
    await looked(eventId);
    // The same form with another day, from a page that was kept: it is told that nothing moved.
    expect((await post(path, owner.headers, { ...fields, day: day(11) })).status).toBe(422);
    const other = await paidDayEvent();
    const elsewhere = await post(pathTo('studioPostpone', { slug: other.slug }), owner.headers, fields);
    expect(elsewhere.status).toBe(422);
    const [row] = await services.db.select().from(events).where(eq(events.id, eventId));
    expect(
      new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' }).format(row!.startsAtMs),
    ).toBe('10:30');
    expect(localDay(row!.startsAtMs, 'Europe/London')).toBe(day(9));
    const told = (await trailOf(businessId)).filter(({ subjectId }) => subjectId === eventId);
    expect(told.map(({ action, actorId }) => [action, actorId])).toEqual([['event.postponed', owner.personId]]);
    expect((await visit(pathTo('studioPlans', { slug }), owner)).status).toBe(200);
  });
});
