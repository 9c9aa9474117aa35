import * as v from 'valibot';
import { claimTicket, findTransferContact } from '#d1/queries/ticket-transfers.ts';
import { only, type ShownTransfer } from '#objects/event-inventory/client.ts';
import type { Order } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { dayMs, type EpochMs } from '#shared/time.ts';
import { customerIdOf, pseudonymOf } from '#workers/keys/pseudonym.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import { showOrder } from './show-order.ts';

const purpose = 'transfer-link';
const linkSchema = v.object({ transferId: v.string(), eventId: v.string(), expiresAtMs: v.number() });

/** Past its offer's end it goes on telling what became of it. */
const readableMs = 60 * dayMs;

/**
 * The link of an offer. It is the same each time it is made, so that its giver can be shown it again and the database holds
 * nothing that opens anything; only we can make it, and pressing its button is what spends it.
 */
export async function transferLink(
  services: Services,
  {
    transferId,
    eventId,
    endsAtMs,
  }: { readonly transferId: string; readonly eventId: string; readonly endsAtMs: EpochMs },
): Promise<string> {
  const link = { transferId, eventId, expiresAtMs: endsAtMs + readableMs };
  const token = await signToken(services.settings.masterKey, purpose, link);
  return `${services.settings.publicOrigin}${pathTo('transferLink')}?t=${token}`;
}

/** An offer, with the order its ticket came from: for the event's card and the giver's own access, never to be shown. */
export type OpenedTransfer = { readonly transfer: ShownTransfer; readonly order: Order; readonly eventId: string };

/** What a link offers, however that stands now. Changes nothing. */
export async function readTransferLink(
  services: Services,
  token: string,
): Promise<Result<OpenedTransfer, 'link_expired'>> {
  const link = await readToken(services.settings.masterKey, purpose, linkSchema, token);
  if (link === undefined || link.expiresAtMs <= services.clock()) return fail('link_expired');
  return openTransfer(services, link);
}

export async function openTransfer(
  services: Services,
  { transferId, eventId }: { readonly transferId: string; readonly eventId: string },
): Promise<Result<OpenedTransfer, 'link_expired'>> {
  const transfer = await services.inventory(eventId).transfer(transferId);
  const order = transfer && (await showOrder(services, transfer.ticket.orderId));
  return transfer !== undefined && order?.ok === true
    ? ok({ transfer, order: order.value, eventId })
    : fail('link_expired');
}

/** What its giver wrote, and where it was sent; undefined once the offer is over, and while the database is silent. */
export async function transferNote(services: Services, transferId: string) {
  try {
    return await findTransferContact(services.db, transferId);
  } catch (error) {
    console.error('what came with a transfer was not answered for', error);
    return undefined;
  }
}

/** Who accepts: a person who signed in, or a browser that nobody has signed in to. */
export type Receiver =
  | { readonly personId: string; readonly email: string }
  /** A digest of the browser's own name: two browsers with one link are two people. */
  | { readonly browserHash: string };

/** As whom the event knows a receiver. Whoever proved no address gets a pseudonym that is made of nothing about them. */
export async function receiverId(services: Services, transferId: string, receiver: Receiver): Promise<string> {
  const { masterKey } = services.settings;
  if ('personId' in receiver && receiver.email !== '') return customerIdOf(masterKey, receiver.email);
  const whoever = 'personId' in receiver ? receiver.personId : receiver.browserHash;
  return `cus_${await pseudonymOf(masterKey, 'transfer-receiver', `${transferId}/${whoever}`)}`;
}

/**
 * Takes the ticket. The inventory decides in one step between all who press at once, and answers whoever was first the same
 * again. Answers as whom the receiver holds it from now on.
 */
export async function acceptTransfer(
  services: Services,
  { transfer, eventId }: OpenedTransfer,
  receiver: Receiver,
  holderName: string | undefined,
): Promise<Result<{ readonly customerId: string }>> {
  const { transferId, ticketId, fromCustomerId: byCustomerId } = transfer;
  const customerId = await receiverId(services, transferId, receiver);
  const request = { ticketId, toCustomerId: customerId, transferId, byCustomerId, holderName };
  const taken = only(await services.inventory(eventId).transferTickets([request]));
  if (!taken.ok) return taken;
  if ('personId' in receiver) {
    const { personId } = receiver;
    await claimTicket(services.db, { ticketId, customerId, personId, nowMs: services.clock() });
    await services.queueMessage({ kind: 'transfer_received', transferId, eventId, personId });
  }
  return ok({ customerId });
}

export async function declineTransfer(
  services: Services,
  { transfer, eventId }: OpenedTransfer,
): Promise<Result<undefined>> {
  return only(await services.inventory(eventId).endOffers([{ transferId: transfer.transferId, how: 'declined' }]));
}
