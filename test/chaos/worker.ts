import local from '#workers/local/index.ts';
import type { LocalEnv } from '#workers/local/env.ts';
import {
  inventoryOf,
  type DeviceEnrolment,
  type HoldRequest,
  type ScanRequest,
} from '#objects/event-inventory/client.ts';
import { currentAttempt } from '#shared/orders/order.ts';
import { settingsOf } from '#workers/env.ts';
import { ticketKeys } from '#workers/keys/ticket-keys.ts';
import { bankOf } from '#workers/local/bank/bank.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import { gateSocketPath } from '#workers/operations/gate-socket.ts';
import { checkPayment, payOrder } from '#workers/operations/pay-order.ts';
import { servicesOf } from '#workers/services.ts';

/**
 * The local Worker with doors straight to an event's inventory: holds that are confirmed, let go or forgotten, which
 * customers only make as part of an order; enrolments and codes, which the load needs before it can begin.
 */
export * from '#workers/local/index.ts';

type Inventory = ReturnType<typeof inventoryOf>;

const doors: Readonly<Record<string, (inventory: Inventory, body: never, env: LocalEnv) => Promise<unknown>>> = {
  hold: (inventory, holds: HoldRequest[]) => inventory.holdMany(holds),
  confirm: (inventory, ids: string[]) => inventory.confirmMany(ids),
  release: (inventory, ids: string[]) => inventory.releaseMany(ids),
  scan: (inventory, scans: ScanRequest[]) => inventory.scanMany(scans),
  enrol: (inventory, devices: DeviceEnrolment[]) => inventory.enrolDevices(devices),
  codes: async (inventory, ids: string[], env) => {
    const issuer = ticketKeys(settingsOf(env).masterKey);
    const shown = await inventory.showTickets(ids);
    return Promise.all(
      shown.map(async ({ code }) => (code === undefined ? '' : issuer.issue(code.header, code.grants))),
    );
  },
};

export type Paying = { readonly orderId: string; readonly until: 'opened' | 'approved' | 'settled' };

/**
 * What a buyer does with a card: goes to the bank, approves there, comes back. Some stop on the way, and the shop is to
 * hear of their money from the bank alone. The same again finds what was done before.
 */
async function payAsBuyer(env: LocalEnv, context: ExecutionContext, { orderId, until }: Paying) {
  const services = servicesOf(env, sandboxes(context));
  const way = await payOrder(services, orderId);
  if (!way.ok) return { state: way.failure.code, ticketIds: [] };
  const sessionId = currentAttempt(way.value.order)?.sessionId;
  if (until !== 'opened' && way.value.order.state === 'firm' && sessionId !== undefined) {
    await bankOf(env).choose(sessionId, 'approve');
  }
  const checked = until === 'settled' ? await checkPayment(services, orderId) : undefined;
  const { state, tickets } = checked?.ok === true ? checked.value : way.value.order;
  return { state, ticketIds: tickets.map(({ ticketId }) => ticketId).toSorted() };
}

// The runtime asks for it under this name.
// oxlint-disable-next-line import/no-default-export
export default {
  ...local,
  async fetch(request: Request, env: LocalEnv, context: ExecutionContext): Promise<Response> {
    const [, chaos, eventId = '', what = ''] = new URL(request.url).pathname.split('/');
    if (chaos !== 'chaos') return local.fetch(request, env, context);
    if (what === 'pay') return Response.json(await payAsBuyer(env, context, await request.json<Paying>()));
    if (what === 'socket') return Response.json(await gateSocketPath(servicesOf(env), eventId));
    const door = doors[what];
    if (door === undefined) return new Response('No such door', { status: 404 });
    return Response.json(await door(inventoryOf(env.EVENT_INVENTORY, eventId), await request.json<never>(), env));
  },
};
