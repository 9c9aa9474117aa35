import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { disputes } from '#d1/schema/index.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { deskOf } from '#shared/ids.ts';
import type { Order } from '#shared/orders/order.ts';
import {
  allHeard,
  choose,
  goToBank,
  orderBecomes,
  orderNow,
  paymentNow,
  postWebhook,
  sendAll,
  webhookOf,
} from '#test/support/bank.ts';
import { environment } from '#test/support/environment.ts';
import { disputeFeeMinor, type LaterChoice } from '#workers/local/bank/dispute-moves.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import { checkLedger } from '#workers/operations/check-ledger.ts';
import { project } from '#workers/operations/project-log.ts';
import { servicesOf } from '#workers/services.ts';
import { paidEvent, priceMinor } from './orders.ts';

const services = { ...servicesOf(environment, sandboxes({ exports })), queueMessage: () => Promise.resolve() };

/** Two tickets bought by card, and the buttons at the bank. */
async function bought() {
  const { slug } = await paidEvent();
  const { browser, sessionId, orderId } = await goToBank(slug, { quantity: 2 });
  await choose(browser, sessionId, 'approve');
  const order = await orderBecomes(orderId, 'completed');
  await allHeard(sessionId);
  const later = async (choice: LaterChoice) => {
    await browser.post(`/local/bank/${sessionId}/later`, { choice });
    await sendAll(browser, sessionId);
    await allHeard(sessionId);
    return orderNow(orderId);
  };
  return { browser, sessionId, orderId, order, later };
}

/** As gates see them. */
async function statusesOf({ tickets }: Order): Promise<string[]> {
  const inventory = inventoryOf(environment.EVENT_INVENTORY, tickets[0]?.eventId ?? '');
  const shown = await inventory.showTickets(tickets.map(({ ticketId }) => ticketId));
  return shown.map(({ status }) => status);
}

/** Desk, ledger and the gateway's own list say the same (I3, I4), and the read model says what the log does (I9). */
async function expectBooksAgree({ orderId }: Pick<Order, 'orderId'>) {
  while (!(await project(services, `desk:${deskOf(orderId)}`)));
  const { leftOver, drifted, differing, gateway, isWhole } = await checkLedger(services, services.gatewayBooks);
  expect({ leftOver, drifted, differing, findings: gateway?.findings }).toEqual({
    leftOver: [],
    drifted: [],
    differing: [],
    findings: [],
  });
  expect(isWhole).toBe(true);
}

async function rowOf(orderId: string) {
  const rows = await services.db.select().from(disputes);
  return rows.find((row) => row.orderId === orderId);
}

describe('a dispute at the card’s bank (I3, I4, I5)', () => {
  it('suspends the tickets, and makes them good again when it is won', async () => {
    const { later, order, orderId } = await bought();
    const open = await later('dispute');
    expect(open.disputes).toMatchObject([{ state: 'open', amountMinor: 2 * priceMinor, feeMinor: disputeFeeMinor }]);
    expect(await statusesOf(order)).toEqual(['suspended', 'suspended']);
    await expectBooksAgree(order);
    expect(await rowOf(orderId)).toMatchObject({ state: 'open', feeMinor: disputeFeeMinor, reason: 'fraudulent' });
    await later('win');
    expect(await statusesOf(order)).toEqual(['active', 'active']);
    await expectBooksAgree(order);
    expect(await rowOf(orderId)).toMatchObject({ state: 'won', feeMinor: 0 });
  });

  it('revokes them when it is lost, and books who bears it', async () => {
    const { later, order } = await bought();
    await later('dispute');
    const lost = await later('lose');
    expect(lost.refunds).toMatchObject([{ cause: 'dispute', state: 'done', amountMinor: 2 * priceMinor }]);
    expect(await statusesOf(order)).toEqual(['refunded', 'refunded']);
    await expectBooksAgree(order);
  });

  it('is one however often and in whatever order its webhooks come, forged ones changing nothing', async () => {
    const { later, sessionId, orderId, order } = await bought();
    await later('dispute');
    const lost = await later('lose');
    const payment = await paymentNow(sessionId);
    const kinds = ['closed', 'funds_withdrawn', 'created', 'closed'] as const;
    for (const kind of kinds) {
      const webhook = await webhookOf(payment, `charge.dispute.${kind}`);
      expect((await postWebhook(webhook)).status).toBe(200);
      expect((await postWebhook(webhook)).status).toBe(200);
      expect((await postWebhook({ ...webhook, body: webhook.body.replace('"lost"', '"won"') })).status).toBe(400);
    }
    expect(await orderNow(orderId)).toEqual(lost);
    await expectBooksAgree(order);
  });

  it('may be about what a dashboard gave back before: its buyer then owes it', async () => {
    const { later, order } = await bought();
    await later('refund_part');
    await later('dispute');
    const lost = await later('lose');
    expect(lost.overpaid).toMatchObject([{ cause: 'dispute', amountMinor: priceMinor / 2 }]);
    await expectBooksAgree(order);
  });
});

describe('a refund in the gateway’s own dashboard (I3)', () => {
  it('of everything takes every ticket', async () => {
    const { later, order } = await bought();
    const back = await later('refund_all');
    expect(back.refunds).toMatchObject([{ cause: 'gateway_dashboard', state: 'done', amountMinor: 2 * priceMinor }]);
    expect(await statusesOf(order)).toEqual(['refunded', 'refunded']);
    await expectBooksAgree(order);
  });

  it('of a part that is no ticket’s price takes none', async () => {
    const { later, order } = await bought();
    await later('refund_part');
    expect(await statusesOf(order)).toEqual(['active', 'active']);
    await expectBooksAgree(order);
  });
});
