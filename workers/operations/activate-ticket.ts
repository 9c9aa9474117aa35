import { only } from '#objects/event-inventory/client.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { ActivationRequest } from '#shared/tickets/activation.ts';
import type { LivePass } from '#shared/tickets/live-code.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Services } from '#workers/services.ts';
import { livePass } from './issue-code.ts';

/** What a device is given once: with it, it writes codes for as long as it bears the ticket, network or not. */
export type Activated = {
  readonly pass: LivePass;
  /** The server's clock, by which the device corrects its own: a code is good for ten seconds and a little. */
  readonly nowMs: EpochMs;
};

/** Lets a device bear a ticket. That its person may is the caller's to know. */
export async function activateTicket(
  services: Services,
  eventId: string,
  request: ActivationRequest,
): Promise<Result<Activated>> {
  const answer = only(await services.inventory(eventId).activateTickets([request]));
  if (!answer.ok) return answer;
  const pass = await livePass(services, eventId, answer.value);
  return pass === undefined ? fail('activation_unproved') : ok({ pass, nowMs: services.clock() });
}
