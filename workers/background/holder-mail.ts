import { findChange } from '#d1/queries/event-changes.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { Mail } from '#workers/messaging/message-port.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { ticketPostponedMail, ticketRevokedMail } from '#workers/messaging/templates/transfer.tsx';
import { holderAddress } from '#workers/operations/holder-address.ts';
import { showOrder } from '#workers/operations/show-order.ts';
import type { Services } from '#workers/services.ts';
import { aboutTicket, heldLink } from './transfer-mail.ts';

type HolderMessage = Extract<OutgoingMessage, { kind: 'ticket_revoked' | 'ticket_postponed' }>;
type PostponedMessage = Extract<HolderMessage, { kind: 'ticket_postponed' }>;

/**
 * To whom a ticket was given: what becomes of it, and no word of who bought it, what it cost or in which order. Undefined when
 * the ticket is somebody else's by now, or its holder never told us where to write to.
 */
export async function writeHolderMail(services: Services, message: HolderMessage): Promise<Mail | undefined> {
  const { ticketId, customerId, eventId } = message;
  const [ticket] = await services.inventory(eventId).showTickets([ticketId]);
  const order = ticket && (await showOrder(services, ticket.orderId));
  if (ticket?.customerId !== customerId || order?.ok !== true) return undefined;
  // Given back to its buyer since: their order's own mails tell them.
  if (isWithBuyer(ticket, order.value)) return undefined;
  const to = await holderAddress(services, ticket, order.value);
  if (to === undefined) return undefined;
  const about = { ...aboutTicket(services, ticket, order.value), linkUrl: heldLink(services, ticket) };
  if (message.kind === 'ticket_revoked') {
    const why = ticket.event.status === 'cancelled' ? 'cancelled' : 'revoked';
    return {
      channel: 'email',
      to,
      idempotencyKey: `ticket_revoked/${ticketId}`,
      ...ticketRevokedMail({ ...about, why }),
    };
  }
  const was = await datesBefore(services, message, ticket);
  if (was === undefined) return undefined;
  const idempotencyKey = `ticket_postponed/${message.changeId}/${ticketId}/${customerId}`;
  return { channel: 'email', to, idempotencyKey, ...ticketPostponedMail({ ...about, was }) };
}

/** Undefined when this is no longer the news: it moved again, was cancelled, or the ticket has ended. */
async function datesBefore(
  { db }: Services,
  { changeId }: PostponedMessage,
  { status, event: { status: standing, postponement } }: ShownTicket,
): Promise<{ startsAtMs: number; endsAtMs: number } | undefined> {
  const change = await findChange(db, changeId);
  if (change === undefined || postponement?.decidedAt !== change.startedAtMs) return undefined;
  if (standing === 'cancelled' || status === 'refunded') return undefined;
  return { startsAtMs: postponement.previousStartsAt, endsAtMs: postponement.previousEndsAt };
}
