import type { GatewayStatus, Tender } from '#shared/orders/attempt.ts';
import { currentAttempt, type Order } from '#shared/orders/order.ts';
import type { MoneyStatus, MoneyStep } from '#shared/orders/steps.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { GatewayEvent } from '#workers/payments/gateway.ts';
import type { Services } from '#workers/services.ts';

type Progress = { readonly order: Order; readonly task: MoneyStep | undefined };

/** Calls about money one request may make for an order; each state of the saga needs one. */
const tasksPerRequest = 8;

/** Where to send a buyer who wants to pay: to the bank, or to the order's page when there is nothing left to pay. */
export type WayToPay = { readonly order: Order; readonly bankUrl: string | undefined };

/**
 * Starts paying, or finds the attempt under way: a second click, another tab or a reload never starts a second one. All of it
 * by card unless a tender says otherwise; whoever names one has made sure that the balance is the person's who asks.
 */
export async function payOrder(services: Services, orderId: string, tender?: Tender): Promise<Result<WayToPay>> {
  const desk = services.deskOf(orderId);
  if (desk === undefined) return fail('order_unknown');
  const begun = await desk.pay(orderId, tender);
  if (!begun.ok) return begun;
  const order = await carryOut(services, begun.value);
  const attempt = currentAttempt(order);
  if (order.state === 'firm' && attempt?.url === undefined) return fail('gateway_unreachable');
  return ok({ order, bankUrl: order.state === 'firm' ? attempt?.url : undefined });
}

/** Nothing the gateway says now would move these. */
const atRest = new Set<Order['state']>(['placed', 'held', 'completed', 'refused', 'refunded']);

/** Asks the gateway how the payment under way stands and acts on it. Nothing to ask, nothing happens. */
export async function checkPayment(services: Services, orderId: string): Promise<Result<Order>> {
  const shown = (await services.deskOf(orderId)?.show(orderId)) ?? fail('order_unknown');
  if (!shown.ok) return shown;
  const { state } = shown.value;
  const attempt = currentAttempt(shown.value);
  if (attempt === undefined || atRest.has(state)) return shown;
  await carryOut(services, { order: shown.value, task: { do: 'inquire', attempt } });
  // A webhook may have been faster with any step: what counts is how the desk has it now.
  return (await services.deskOf(orderId)?.show(orderId)) ?? fail('order_unknown');
}

/** Reads a webhook and acts on it. Unanswered by its own gateway, it is refused: then it comes again, and nothing is lost. */
export async function hearWebhook(
  services: Services,
  body: string,
  signature: string,
): Promise<Result<undefined, 'webhook_forged' | 'gateway_unreachable'>> {
  let event: GatewayEvent | undefined;
  try {
    event = await services.gateway.hear(body, signature);
  } catch (error) {
    console.error('gateway gave no answer about what its webhook is about', error);
    return fail('gateway_unreachable');
  }
  return event === undefined ? fail('webhook_forged') : hearGateway(services, event);
}

/** Acts on a webhook, once. The gateway is asked how the attempt stands: events come late, twice and out of order. */
async function hearGateway(services: Services, event: GatewayEvent): Promise<Result<undefined, 'gateway_unreachable'>> {
  if (event.about === undefined) return ok();
  const { orderId, attemptId } = event.about;
  const desk = services.deskOf(orderId);
  const shown = (await desk?.show(orderId)) ?? fail('order_unknown');
  // An order we don't know is an order of somebody else's test: the gateway must not go on repeating it.
  if (desk === undefined || !shown.ok || (await desk.hasHeard(event.eventId))) return ok();
  const attempt = shown.value.attempts.find((known) => known.attemptId === attemptId);
  if (attempt === undefined) return ok();
  let status: GatewayStatus;
  try {
    status = await services.gateway.perform({ do: 'inquire', attempt }, shown.value);
  } catch (error) {
    console.error('gateway gave no answer about its own webhook', error);
    // Not noted as heard: the gateway repeats it, and nothing it told is lost.
    return fail('gateway_unreachable');
  }
  const reported = await desk.report(orderId, attemptId, status);
  if (reported.ok) await carryOut(services, reported.value);
  // Noted last: had we crashed before, the gateway's repeat would find the work undone.
  await desk.hear({ orderId, eventId: event.eventId, kind: event.kind });
  return ok();
}

/** Does what the desk asks of gateway and ledger, and reports back, until it asks for nothing more or gets no answer. */
export async function carryOut(services: Services, from: Progress): Promise<Order> {
  let progress = from;
  for (let taken = 0; taken < tasksPerRequest && progress.task !== undefined; taken += 1) {
    const { order, task } = progress;
    let status: MoneyStatus;
    try {
      status = await services.money(task, order);
    } catch (error) {
      console.error(`money step ${task.do} got no answer`, error);
      return order;
    }
    const reported = await services.deskOf(order.orderId)?.report(order.orderId, task.attempt.attemptId, status);
    if (reported === undefined || !reported.ok) return order;
    progress = reported.value;
  }
  return progress.order;
}
