import { Hono } from 'hono';
import * as v from 'valibot';
import { publicKeyShape, signatureShape } from '#shared/access/device-proof.ts';
import type { Order } from '#shared/orders/order.ts';
import { fail } from '#shared/result.ts';
import { lastGeneration } from '#shared/tickets/code.ts';
import type { LiveAnswer } from '#shared/wallet/kept-ticket.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { boreTicket, rememberBearer } from '#workers/http/bearer.ts';
import { holdsOrder, mayLookAtOrder, mayOpenOrder } from '#workers/http/order-access.ts';
import { idempotencyKey, parseJson } from '#workers/http/parse.ts';
import { hasRecentProof } from '#workers/http/recent-proof.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { activateTicket } from '#workers/operations/activate-ticket.ts';
import { liveStanding } from '#workers/operations/live-standing.ts';
import { showOrder, showTicket } from '#workers/operations/show-order.ts';
import { routes } from '#workers/routes.ts';

const whole = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(max));

const activationSchema = v.object({
  holderKey: v.pipe(v.string(), v.regex(publicKeyShape)),
  holderProof: v.pipe(v.string(), v.regex(signatureShape)),
  step: whole(0xff_ff_ff_ff),
  generation: whole(lastGeneration),
  takesOver: v.boolean(),
});

/** Where a phone asks to bear a ticket's live code, and who bears it. */
export const activation = new Hono<AppEnv>()
  .get(routes.ticketActivation, async (c) => {
    const { services } = c.var;
    const { orderId, ticketId } = c.req.param();
    const order = await showOrder(services, orderId);
    if (!order.ok || !(await mayLookAtOrder(c, order.value))) return refuse(c, fail('ticket_unknown').failure);
    const shown = await showTicket(services, order.value, ticketId);
    if (!shown.ok) return refuse(c, shown.failure);
    const { ticket } = shown.value;
    const live = await liveStanding(ticket, (holderKey) => boreTicket(c, ticketId, holderKey));
    // Read last: the phone takes the middle of its question and this answer for the server's time.
    const { status, admitted } = ticket;
    const answer: LiveAnswer = { status, isEntered: admitted > 0, live, nowMs: services.clock() };
    return c.json(answer);
  })
  .post(routes.ticketActivation, async (c) => {
    const { services } = c.var;
    const { orderId, ticketId } = c.req.param();
    const order = await showOrder(services, orderId);
    if (!order.ok || !(await mayOpenOrder(c, order.value))) return refuse(c, fail('ticket_unknown').failure);
    if (!order.value.tickets.some((ticket) => ticket.ticketId === ticketId)) {
      return refuse(c, fail('ticket_unknown').failure);
    }
    const activationId = idempotencyKey(c);
    if (!activationId.ok) return refuse(c, activationId.failure);
    const body = await parseJson(c, activationSchema);
    if (!body.ok) return refuse(c, body.failure);
    if (body.value.takesOver && !(await mayTakeOver(c, order.value, ticketId))) {
      return refuse(c, fail('proof_needed').failure);
    }
    const { eventId = '' } = order.value.tickets.find((ticket) => ticket.ticketId === ticketId) ?? {};
    const request = { ...body.value, ticketId, activationId: activationId.value };
    const activated = await activateTicket(services, eventId, request);
    if (!activated.ok) return refuse(c, activated.failure);
    await rememberBearer(c, ticketId, body.value.holderKey);
    return c.json(activated.value);
  });

/**
 * A session alone is not enough to take a ticket off its phone: who stole one would empty the wallet with it. The
 * browser that bought the tickets or spent their link may, one that bore this very ticket and lost its key may, and
 * whoever proved a moment ago who they are.
 */
async function mayTakeOver(c: AppContext, order: Order, ticketId: string): Promise<boolean> {
  if (hasRecentProof(c) || (await holdsOrder(c, order.orderId))) return true;
  const shown = await showTicket(c.var.services, order, ticketId);
  const holderKey = shown.ok ? shown.value.ticket.live?.holderKey : undefined;
  return holderKey !== undefined && boreTicket(c, ticketId, holderKey);
}
