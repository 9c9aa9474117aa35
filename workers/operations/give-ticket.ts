import { addTransferContact, removeTransferContact } from '#d1/queries/ticket-transfers.ts';
import { only, type ShownTicket } from '#objects/event-inventory/client.ts';
import { givingBrakes } from '#shared/access/brakes.ts';
import { fail, type Result } from '#shared/result.ts';
import { transferLongestMs, type TicketTransfer } from '#shared/tickets/transfer.ts';
import type { EpochMs } from '#shared/time.ts';
import { customerIdOf, normaliseEmail } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';
import { brake } from './brake.ts';

export type Giving = {
  /** Names this attempt: the same key again is the same offer. */
  readonly key: string;
  /** Left out for a link that the giver hands on. */
  readonly email?: string | undefined;
  readonly giverName?: string | undefined;
  readonly message?: string | undefined;
};

const keyDigits = 40;

/**
 * Offers a ticket for its holder, whom the caller knows. The mails follow from the event's log, so that no crash loses them; the
 * inventory decides, and what D1 keeps is only whom to write to.
 */
export async function giveTicket(
  services: Services,
  { ticketId, eventId, customerId }: Pick<ShownTicket, 'ticketId' | 'eventId' | 'customerId'>,
  { key, email, giverName, message }: Giving,
): Promise<Result<{ readonly endsAtMs: EpochMs }>> {
  const { db, settings, clock } = services;
  const address = email === undefined ? undefined : normaliseEmail(email);
  const forCustomerId = address === undefined ? undefined : await customerIdOf(settings.masterKey, address);
  if (forCustomerId === customerId) return fail('transfer_to_self');
  const { receiver, giver, ticket } = givingBrakes;
  const allowed = await brake(services, [
    { ...giver, subject: customerId },
    { ...ticket, subject: ticketId },
    ...(address === undefined ? [] : [{ ...receiver, subject: `email:${address}` }]),
  ]);
  if (!allowed.ok) return allowed;
  const transferId = `trf_${key.slice(0, keyDigits)}`;
  const now = clock();
  // First the contact: the mail follows at once from the event's log, and must find whom to write to.
  const isNew = await addTransferContact(db, {
    transferId,
    eventId,
    ticketId,
    fromCustomerId: customerId,
    address: address ?? null,
    giverName: giverName ?? null,
    message: message ?? null,
    createdAtMs: now,
    endsAtMs: now + transferLongestMs,
  });
  const offer = { transferId, ticketId, byCustomerId: customerId, forCustomerId };
  const offered = only(await services.inventory(eventId).offerTickets([offer]));
  if (offered.ok) {
    const state = isNew ? (await services.inventory(eventId).transfer(transferId))?.state : 'offered';
    if (state === undefined || state === 'offered') return offered;
    // The form of an offer that is over, sent again: its address went with its end, and must not come back.
    await removeTransferContact(db, transferId);
    return fail('transfer_over', { state });
  }
  if (isNew) await removeTransferContact(db, transferId);
  // Sent again by the back button with another address: it is the first one that stands.
  return offered.failure.code === 'idempotency_key_reused' ? fail('transfer_open') : offered;
}

/** The holder takes their offer back. */
export async function takeTransferBack(
  services: Services,
  { eventId, customerId }: Pick<ShownTicket, 'eventId' | 'customerId'>,
  { transferId }: TicketTransfer,
): Promise<Result<undefined>> {
  const end = { transferId, how: 'withdrawn', byCustomerId: customerId } as const;
  return only(await services.inventory(eventId).endOffers([end]));
}
