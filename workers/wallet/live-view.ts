import type { ShownTicket } from '#objects/event-inventory/client.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { boreTicket } from '#workers/http/bearer.ts';
import { liveStanding } from '#workers/operations/live-standing.ts';
import type { LiveView } from '#workers/ui/views.ts';

/** What a page tells its script about a ticket's live code; undefined where there is none to show. */
export async function liveView(
  c: AppContext,
  ticket: ShownTicket,
  activationPath: string,
): Promise<LiveView | undefined> {
  const { ticketId, type, admitted } = ticket;
  const standing = await liveStanding(ticket, (holderKey) => boreTicket(c, ticketId, holderKey));
  if (standing === undefined) return undefined;
  return { ticketId, activationPath, form: type.code, isEntered: admitted > 0, standing };
}
