import { only, type ReissueRequest, type ShownTicket } from '#objects/event-inventory/client.ts';
import { reissueBrake } from '#shared/access/brakes.ts';
import type { Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import { brake } from './brake.ts';

type Which = Pick<ShownTicket, 'ticketId' | 'eventId'>;

/** Who asks: its holder, whom the caller knows, or somebody of the organiser's who may. `key` names the attempt. */
export type ReissueBy = { readonly key: string } & (
  | { readonly cause: 'holder'; readonly byCustomerId: string; readonly personId: string | undefined }
  | { readonly cause: 'support'; readonly staffId: string; readonly businessId: string }
);

/** Makes a ticket's codes void and a new one in their place. Its holder is told by mail, by way of the event's log. */
export async function reissueTicket(
  services: Services,
  { ticketId, eventId }: Which,
  by: ReissueBy,
): Promise<Result<undefined>> {
  if (by.cause === 'holder') {
    const allowed = await brake(services, [{ ...reissueBrake, subject: ticketId }]);
    if (!allowed.ok) return allowed;
  }
  const request = { reissueId: `rei_${by.key}`, ticketId };
  const asked: ReissueRequest =
    by.cause === 'holder'
      ? { ...request, cause: by.cause, byCustomerId: by.byCustomerId }
      : { ...request, cause: by.cause, staffId: by.staffId };
  const answer = only(await services.inventory(eventId).reissueTickets([asked]));
  if (!answer.ok) return answer;
  await audit(services, {
    action: 'ticket.reissued',
    actorId: (by.cause === 'holder' ? by.personId : by.staffId) ?? null,
    businessId: by.cause === 'support' ? by.businessId : undefined,
    subjectId: ticketId,
    facts: { event: eventId, cause: by.cause },
  });
  return { ok: true, value: undefined };
}
