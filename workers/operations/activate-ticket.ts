import { only } from '#objects/event-inventory/client.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { ActivationRequest } from '#shared/tickets/activation.ts';
import { writePass } from '#shared/tickets/live-code.ts';
import type { ActivationPass } from '#shared/wallet/kept-ticket.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import type { Services } from '#workers/services.ts';
import { livePass } from './issue-code.ts';

/**
 * Lets a device bear a ticket, and answers what it needs once: with the pass it writes codes for as long as it bears the
 * ticket, network or not; by the server's clock it corrects its own. That its person may is the caller's to know.
 */
export async function activateTicket(
  services: Services,
  eventId: string,
  request: ActivationRequest,
): Promise<Result<ActivationPass>> {
  const answer = only(await services.inventory(eventId).activateTickets([request]));
  if (!answer.ok) return answer;
  const pass = await livePass(services, eventId, answer.value);
  if (pass === undefined) return fail('activation_unproved');
  return ok({ pass: toBase64Url(writePass(pass)), nowMs: services.clock() });
}
