import { contactOf } from '#d1/queries/notices.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { maskAddress } from '#shared/access/mask.ts';
import type { Order } from '#shared/orders/order.ts';
import type { Mail } from '#workers/messaging/message-port.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import {
  transferNewsMail,
  transferOfferMail,
  transferReceivedMail,
  ticketReissuedMail,
} from '#workers/messaging/templates/transfer.tsx';
import { transferLink, transferNote, openTransfer, type OpenedTransfer } from '#workers/operations/transfer-link.ts';
import { holderAddress } from '#workers/operations/holder-address.ts';
import { orderLink } from '#workers/operations/order-link.ts';
import { snapshotCard } from '#workers/operations/present-event.ts';
import { showOrder } from '#workers/operations/show-order.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';

type TransferMessage = Extract<OutgoingMessage, { kind: `transfer_${string}` | 'ticket_reissued' }>;
type Of<Kind extends TransferMessage['kind']> = Extract<TransferMessage, { kind: Kind }>;

/** Undefined when nobody is left to write to, or when what it would say is no longer so. */
export async function writeTransferMail(services: Services, message: TransferMessage): Promise<Mail | undefined> {
  if (message.kind === 'ticket_reissued') return writeReissued(services, message);
  const opened = await openTransfer(services, message);
  if (!opened.ok) return undefined;
  switch (message.kind) {
    case 'transfer_offered':
      return writeOffer(services, opened.value);
    case 'transfer_news':
      return writeNews(services, message, opened.value);
    case 'transfer_received':
      return writeReceived(services, message, opened.value);
  }
}

async function writeOffer(services: Services, { transfer, order, eventId }: OpenedTransfer): Promise<Mail | undefined> {
  const { transferId, endsAtMs, ticket, state } = transfer;
  const note = await transferNote(services, transferId);
  if (note?.address == null || state !== 'offered') return undefined;
  const written = transferOfferMail({
    ...aboutTicket(services, ticket, order),
    giverName: note.giverName ?? undefined,
    message: note.message ?? undefined,
    endsAtMs,
    linkUrl: await transferLink(services, { transferId, eventId, endsAtMs }),
  });
  return { channel: 'email', to: note.address, idempotencyKey: `transfer_offered/${transferId}`, ...written };
}

async function writeNews(
  services: Services,
  { what }: Of<'transfer_news'>,
  { transfer, order }: OpenedTransfer,
): Promise<Mail | undefined> {
  const { transferId, ticketId, ticket, state, fromCustomerId: customerId } = transfer;
  if (state !== what) return undefined;
  const to = await holderAddress(services, { ticketId, customerId }, order);
  if (to === undefined) return undefined;
  const address = what === 'offered' ? (await transferNote(services, transferId))?.address : undefined;
  const written = transferNewsMail({
    ...aboutTicket(services, ticket, order),
    what,
    sentTo: address == null ? undefined : maskAddress(address),
    linkUrl: await linkFor(services, { ...ticket, customerId }, order),
  });
  return { channel: 'email', to, idempotencyKey: `transfer_news/${what}/${transferId}`, ...written };
}

async function writeReceived(
  services: Services,
  { transferId, personId }: Of<'transfer_received'>,
  { transfer: { ticket }, order }: OpenedTransfer,
): Promise<Mail | undefined> {
  const to = (await contactOf(services.db, personId))?.email;
  if (to == null) return undefined;
  // Never the order's link, even should the ticket be its buyer's again by now: this reader is a guest of that order.
  const written = transferReceivedMail({
    ...aboutTicket(services, ticket, order),
    linkUrl: heldLink(services, ticket),
  });
  return { channel: 'email', to, idempotencyKey: `transfer_received/${transferId}`, ...written };
}

async function writeReissued(
  services: Services,
  { ticketId, eventId, customerId, generation, cause }: Of<'ticket_reissued'>,
): Promise<Mail | undefined> {
  const [ticket] = await services.inventory(eventId).showTickets([ticketId]);
  const order = ticket && (await showOrder(services, ticket.orderId));
  // Given away since: its new holder has heard all there is to hear.
  if (ticket?.customerId !== customerId || order?.ok !== true) return undefined;
  const to = await holderAddress(services, ticket, order.value);
  if (to === undefined) return undefined;
  const linkUrl = await linkFor(services, ticket, order.value);
  const written = ticketReissuedMail({ ...aboutTicket(services, ticket, order.value), linkUrl, cause });
  return { channel: 'email', to, idempotencyKey: `ticket_reissued/${ticketId}/${generation}`, ...written };
}

export function aboutTicket(services: Services, ticket: ShownTicket, order: Order) {
  return { event: snapshotCard(order.snapshot, services.clock(), ticket), typeName: ticket.type.name };
}

/** For whoever bought it, a link that opens their order in any browser; for anybody else the ticket, to which they sign in. */
async function linkFor(services: Services, ticket: ShownTicket, { orderId, snapshot }: Order): Promise<string> {
  if (snapshot.customerId === ticket.customerId) return orderLink(services, orderId);
  return heldLink(services, ticket);
}

export function heldLink({ settings }: Services, { eventId, ticketId }: ShownTicket): string {
  return `${settings.publicOrigin}${pathTo('ticketHeld', { eventId, ticketId })}`;
}
