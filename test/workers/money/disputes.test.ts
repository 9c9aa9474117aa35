import { exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { platformBusinessId } from '#shared/access/permissions.ts';
import { deskOf, orderReference } from '#shared/ids.ts';
import type { Order } from '#shared/orders/order.ts';
import { allHeard, choose, goToBank, orderBecomes, orderNow, sendAll } from '#test/support/bank.ts';
import { textOf } from '#test/support/earning.ts';
import { environment } from '#test/support/environment.ts';
import { codeOf, scanAt } from '#test/support/inventory.ts';
import { newBusiness, newWorker, trailOf } from '#test/support/staff.ts';
import { businessId, publishEvent, visit } from '#test/workers/http/site.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import { project } from '#workers/operations/project-log.ts';
import { pathTo } from '#workers/routes.ts';
import { servicesOf } from '#workers/services.ts';

const services = { ...servicesOf(environment, sandboxes({ exports })), queueMessage: () => Promise.resolve() };

let order: Order;
let disputeId = '';

/** Bought, used at the gate, and disputed all the same. */
beforeAll(async () => {
  const { slug } = await publishEvent({ id: 'day', category: 'paid', priceMinor: 2_500, capacity: 10 });
  const { browser, sessionId, orderId } = await goToBank(slug);
  await choose(browser, sessionId, 'approve');
  const paid = await orderBecomes(orderId, 'completed');
  await allHeard(sessionId);
  const [ticket] = paid.tickets;
  const inventory = inventoryOf(environment.EVENT_INVENTORY, ticket!.eventId);
  await scanAt(inventory, await codeOf(inventory, ticket!));
  await browser.post(`/local/bank/${sessionId}/later`, { choice: 'dispute' });
  await sendAll(browser, sessionId);
  await allHeard(sessionId);
  order = await orderNow(orderId);
  disputeId = order.disputes?.[0]?.disputeId ?? '';
  for (const source of [`desk:${deskOf(orderId)}`, `inventory:${ticket!.eventId}`]) {
    while (!(await project(services, source)));
  }
});

describe('the evidence for a dispute', () => {
  it('is whatever a bank asks for, for who sold it, and who looked is written down', async () => {
    const { headers, personId } = await newWorker({ businessId, role: 'finance' });
    const list = await textOf(await visit(pathTo('studioDisputes'), { headers }));
    expect(list).toContain(`Order ${orderReference(order.orderId)}`);
    expect(list).toContain('Answer by');
    const page = await textOf(await visit(pathTo('studioDispute', { disputeId }), { headers }));
    for (const text of ['£25.00', 'Ama Mensah, ama@example.org', 'Day ticket', 'Answer by', 'pi_', '£15.00']) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain('No ticket of this order was scanned');
    expect(await trailOf(businessId)).toContainEqual(
      expect.objectContaining({ action: 'dispute.evidence_seen', actorId: personId, subjectId: disputeId }),
    );
  });

  it('shows the platform’s finance people all of it', async () => {
    const { headers } = await newWorker({ businessId: platformBusinessId, role: 'finance' });
    expect((await visit(pathTo('studioDispute', { disputeId }), { headers })).status).toBe(200);
  });

  it('is no dispute at all for another business, and shut to whoever has no business with money', async () => {
    const other = await newWorker({ businessId: await newBusiness(), role: 'owner' });
    expect((await visit(pathTo('studioDispute', { disputeId }), other)).status).toBe(403);
    expect(await textOf(await visit(pathTo('studioDisputes'), other))).toContain('No bank has asked');
    for (const role of ['gate_steward', 'supervisor', 'manager', 'support_agent'] as const) {
      const worker = await newWorker({ businessId, role });
      expect((await visit(pathTo('studioDispute', { disputeId }), worker)).status).toBe(403);
    }
    expect((await visit(pathTo('studioDispute', { disputeId: 'dp_none' }), other)).status).toBe(403);
  });

  it('says in the business’s money what is withheld', async () => {
    const { headers } = await newWorker({ businessId, role: 'finance' });
    const page = await textOf(await visit(pathTo('studioMoneyOf', { businessId }), { headers }));
    expect(page).toContain('withheld while a card’s bank asks');
  });
});
