import { Hono } from 'hono';
import * as v from 'valibot';
import { publicKeyShape, signatureShape } from '#shared/access/device-proof.ts';
import { fail } from '#shared/result.ts';
import { lastGeneration } from '#shared/tickets/code.ts';
import type { LiveAnswer } from '#shared/wallet/kept-ticket.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { boreTicket, rememberBearer } from '#workers/http/bearer.ts';
import { idempotencyKey, parseJson } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { activateTicket } from '#workers/operations/activate-ticket.ts';
import { liveStanding } from '#workers/operations/live-standing.ts';
import { routes } from '#workers/routes.ts';
import { ticketInHand } from './held-ticket.ts';
import { isInHand } from './in-hand.ts';

const whole = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(max));

const activationSchema = v.object({
  holderKey: v.pipe(v.string(), v.regex(publicKeyShape)),
  holderProof: v.pipe(v.string(), v.regex(signatureShape)),
  step: whole(0xff_ff_ff_ff),
  generation: whole(lastGeneration),
  takesOver: v.boolean(),
});

/** Where a phone asks to bear a ticket's live code, and who bears it: in its buyer's order, or by itself once it was given. */
export const activation = new Hono<AppEnv>()
  .get(routes.ticketActivation, (c) => answerStanding(c))
  .get(routes.heldActivation, (c) => answerStanding(c))
  .post(routes.ticketActivation, (c) => activate(c))
  .post(routes.heldActivation, (c) => activate(c));

async function answerStanding(c: AppContext): Promise<Response> {
  const found = await ticketInHand(c);
  if (!found.ok) return refuse(c, found.failure);
  const { ticket } = found.value;
  const live = await liveStanding(ticket, (holderKey) => boreTicket(c, ticket.ticketId, holderKey));
  // Read last: the phone takes the middle of its question and this answer for the server's time.
  const { status, admitted } = ticket;
  const answer: LiveAnswer = { status, isEntered: admitted > 0, live, nowMs: c.var.services.clock() };
  return c.json(answer);
}

async function activate(c: AppContext): Promise<Response> {
  const found = await ticketInHand(c, true);
  if (!found.ok) return refuse(c, found.failure);
  const { eventId, ticketId } = found.value.ticket;
  const activationId = idempotencyKey(c);
  if (!activationId.ok) return refuse(c, activationId.failure);
  const body = await parseJson(c, activationSchema);
  if (!body.ok) return refuse(c, body.failure);
  if (body.value.takesOver && !(await isInHand(c, found.value))) return refuse(c, fail('proof_needed').failure);
  const request = { ...body.value, ticketId, activationId: activationId.value };
  const activated = await activateTicket(c.var.services, eventId, request);
  if (!activated.ok) return refuse(c, activated.failure);
  await rememberBearer(c, ticketId, body.value.holderKey);
  return c.json(activated.value);
}
