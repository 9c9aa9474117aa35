import { describe, expect, it } from 'vitest';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import type { TicketType } from '#shared/inventory/rules.ts';
import { ticketStatuses } from '#shared/tickets/status.ts';
import { dayMs, hourMs, minuteMs } from '#shared/time.ts';
import { environment } from '#test/support/environment.ts';
import { scanAt, scanRequest } from '#test/support/inventory.ts';
import { placeOrder, publishEvent, visit } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { reservedLine, statusLine } from '#workers/ui/messages/wallet-words.ts';

const words = messages.ticket.wallet;
const now = Date.now();
const timeZone = 'Europe/London';

/** A guest with one ticket, and how the wallet and the ticket's own page show it. */
async function withTicket(draft: Partial<TicketType> = {}) {
  const { eventId, slug } = await publishEvent(draft);
  const { order, cookie } = await placeOrder(slug);
  const { ticketId = '', handle = '' } = order.tickets[0] ?? {};
  const inventory = inventoryOf(environment.EVENT_INVENTORY, eventId);
  const page = async (path: string) => (await visit(path, { headers: { cookie } })).text();
  return {
    enter: () => scanAt(inventory, handle),
    move: (move: 'refund' | 'suspend') => inventory.moveMany([{ ticketId, move }]),
    collect: (benefitId: string) => {
      const about = { ...scanRequest(handle), redemptionId: crypto.randomUUID(), benefitId, quantity: 1 };
      return inventory.redeemMany([about]);
    },
    wallet: () => page(pathTo('wallet')),
    ticket: () => page(pathTo('ticket', { orderId: order.orderId, ticketId })),
    barcode: () => visit(pathTo('ticketBarcode', { orderId: order.orderId, ticketId }), { headers: { cookie } }),
  };
}

// PRD 8.2: seven statuses, each in plain words with what to do.
describe('a status', () => {
  it.each(ticketStatuses)('%s is a word and a sentence', (status) => {
    expect(messages.ticket.status[status]).toMatch(/^[A-Z][a-z]+$/);
    expect(statusLine({ status, timeZone }, now)).toMatch(/^[A-Z].+\.$/);
  });

  const lastEntry = { atMs: now - minuteMs, gateName: 'North gate' };
  const windows = [{ from: now + dayMs, until: now + 2 * dayMs }];
  it.each([
    ['until when seats wait', reservedLine(now, timeZone), 'Reserved until'],
    ['when a code opens', statusLine({ status: 'paid', timeZone, codeFrom: now + dayMs }, now), 'Its code opens here'],
    ['for when a ticket is good', statusLine({ status: 'active', timeZone, windows }, now), 'Ready for'],
    [
      'how many of a party are in',
      statusLine({ status: 'active', timeZone, lastEntry, admits: 4, admitted: 2 }, now),
      '2 of 4',
    ],
    ['where it was used', statusLine({ status: 'redeemed', timeZone, lastEntry }, now), 'Used at North gate'],
    [
      'when its time was over',
      statusLine({ status: 'expired', timeZone, windows }, now),
      dayAndTime(now + 2 * dayMs, timeZone),
    ],
  ])('says %s', (_what, said, expected) => {
    expect(said).toContain(expected);
  });
});

describe('the pages', () => {
  it('show a refunded ticket as over, without code, number or barcode', async () => {
    const guest = await withTicket();
    expect((await guest.barcode()).headers.get('content-type')).toBe('image/svg+xml');
    await guest.move('refund');
    const wallet = await guest.wallet();
    expect(wallet).toContain(`<h2>${words.past}</h2>`);
    for (const page of [wallet, await guest.ticket()]) {
      expect(page).toContain(words.says.refunded);
      expect(page).not.toContain(words.barcode);
      expect(page).not.toContain(messages.ticket.handleLabel);
    }
    expect((await guest.barcode()).status).toBe(404);
  });

  it('show a ticket on hold today, with whom to ask', async () => {
    const guest = await withTicket();
    await guest.move('suspend');
    const wallet = await guest.wallet();
    expect(wallet).toContain(`<h2>${words.today}</h2>`);
    for (const page of [wallet, await guest.ticket()]) expect(page).toContain(words.says.suspended);
  });

  it('show a paid ticket with when its code opens', async () => {
    const codeFrom = now + dayMs;
    const guest = await withTicket({ codeFrom });
    const said = words.says.paidUntil(dayAndTime(codeFrom, timeZone));
    for (const page of [await guest.wallet(), await guest.ticket()]) {
      expect(page).toContain(said);
      expect(page).not.toContain(words.barcode);
    }
  });

  it('lead from the wallet to a live code once there is one, and say whose press makes it', async () => {
    const open = await withTicket({ code: 'live_only' });
    for (const page of [await open.wallet(), await open.ticket()]) expect(page).toContain(words.says.paidToActivate);
    expect(await open.wallet()).toContain(words.openLive);
    const notYet = await withTicket({ code: 'live_only', codeFrom: now + dayMs });
    const wallet = await notYet.wallet();
    expect(wallet).not.toContain(words.openLive);
    expect(wallet).toContain(words.says.paidUntil(dayAndTime(now + dayMs, timeZone)));
  });

  it('show no paper in the wallet once it has opened the gate for somebody who comes back in by phone', async () => {
    const guest = await withTicket({ code: 'live_for_reentry', entry: { kind: 'reentry' } });
    const before = await guest.wallet();
    expect(before).toContain(messages.ticket.handleLabel);
    expect(before).not.toContain(words.openLive);
    expect((await guest.enter()).outcome).toBe('grant');
    const after = await guest.wallet();
    expect(after).toContain(words.openLive);
    expect(after).not.toContain(messages.ticket.handleLabel);
  });

  it('show a ticket whose time is over among the past', async () => {
    const until = now - hourMs;
    const guest = await withTicket({
      validity: { kind: 'windows', windows: [{ from: until - hourMs, until }] },
    });
    const wallet = await guest.wallet();
    expect(wallet).toContain(`<h2>${words.past}</h2>`);
    expect(wallet).toContain(words.says.expiredAt(dayAndTime(until, timeZone)));
  });

  it('say how much of what is included is left', async () => {
    const tea = { id: 'tea', name: 'Tea', kind: 'product', quantity: 2, redeemAt: 'counter' } as const;
    const guest = await withTicket({ benefits: [tea] });
    expect(await guest.ticket()).not.toContain(words.left(2, 2));
    await guest.collect('tea');
    expect(await guest.ticket()).toContain(words.left(1, 2));
    await guest.collect('tea');
    expect(await guest.ticket()).toContain(words.left(0, 2));
  });
});
