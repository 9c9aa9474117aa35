import * as v from 'valibot';
import type { OutgoingMessage } from './outgoing.ts';

/**
 * What may be kept of a message that could not be sent: ids. Codes and tokens are secrets that live for minutes or open
 * an account, and an address in a message belongs to nobody yet or to somebody erased.
 */
export function struckOut(message: OutgoingMessage): Readonly<Record<string, unknown>> {
  switch (message.kind) {
    case 'order_confirmation':
    case 'order_refunded':
    case 'gift_tickets':
      return { kind: message.kind, orderId: message.orderId };
    case 'refund_made':
    case 'refund_rerouted':
      return { kind: message.kind, orderId: message.orderId, refundId: message.refundId, as: message.as };
    case 'event_postponed':
      return { kind: message.kind, orderId: message.orderId, changeId: message.changeId, as: message.as };
    case 'waitlist_joined':
    case 'waitlist_offered':
    case 'waitlist_lapsed':
    case 'waitlist_cancelled':
      return { kind: message.kind, entryId: message.entryId, offerEndsAtMs: message.offerEndsAtMs };
    // Ids to the last: addresses, notes and links are found or made when they are written.
    case 'transfer_offered':
    case 'transfer_news':
    case 'transfer_received':
    case 'ticket_reissued':
    case 'ticket_revoked':
    case 'ticket_postponed':
      return message;
    case 'one_time_code':
      return { kind: message.kind, purpose: message.purpose, channel: message.to.channel };
    case 'staff_invitation':
      return { kind: message.kind, invitationId: message.invitationId };
    case 'account_notice': {
      const { kind, personId, what, atMs, by } = message;
      // Meant for an address the account no longer has, it is lost without it.
      return message.email === undefined ? { kind, personId, what, atMs, by } : { kind, personId, what };
    }
  }
}

/** An order's id, and the refund's own name behind it. */
const refundId = v.pipe(v.string(), v.regex(/^[\w-]{1,80}\/[\w-]{1,80}$/));
const as = v.optional(v.literal('recipient'));
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/));

/** Messages that are whole after the striking out: only these can be sent again. */
const wholeSchema = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['order_confirmation', 'order_refunded', 'gift_tickets']), orderId: id }),
  v.strictObject({ kind: v.picklist(['refund_made', 'refund_rerouted']), orderId: id, refundId, as }),
  v.strictObject({ kind: v.literal('event_postponed'), orderId: id, changeId: id, as }),
  v.strictObject({
    kind: v.picklist(['waitlist_joined', 'waitlist_offered', 'waitlist_lapsed', 'waitlist_cancelled']),
    entryId: id,
    offerEndsAtMs: v.optional(v.number()),
  }),
  v.strictObject({ kind: v.literal('transfer_offered'), transferId: id, eventId: id }),
  v.strictObject({
    kind: v.literal('transfer_news'),
    what: v.picklist(['offered', 'accepted', 'declined', 'expired']),
    transferId: id,
    eventId: id,
  }),
  v.strictObject({ kind: v.literal('transfer_received'), transferId: id, eventId: id, personId: id }),
  v.strictObject({
    kind: v.literal('ticket_reissued'),
    ticketId: id,
    eventId: id,
    customerId: id,
    generation: v.number(),
    cause: v.picklist(['holder', 'support']),
  }),
  v.strictObject({ kind: v.literal('ticket_revoked'), ticketId: id, eventId: id, customerId: id }),
  v.strictObject({ kind: v.literal('ticket_postponed'), ticketId: id, eventId: id, customerId: id, changeId: id }),
  v.strictObject({
    kind: v.literal('account_notice'),
    personId: id,
    what: v.picklist(['new_device', 'passkey_added', 'passkey_removed', 'address_changed', 'account_erased']),
    atMs: v.number(),
    by: v.optional(
      v.variant('channel', [
        v.strictObject({ channel: v.picklist(['email', 'sms']) }),
        v.strictObject({ channel: v.literal('push'), subscription: v.string() }),
      ]),
    ),
  }),
]);

/** The message to queue again, from what was kept of it; undefined when a secret or an address is missing for good. */
export function wholeMessage(kept: string): OutgoingMessage | undefined {
  const parsed = v.safeParse(wholeSchema, JSON.parse(kept));
  return parsed.success ? parsed.output : undefined;
}

/** Whom or what a kept message is about, by id; undefined when that was a secret. */
export function subjectOf(kept: string): string | undefined {
  const about = v.parse(aboutSchema, JSON.parse(kept));
  return about.orderId ?? about.personId ?? about.invitationId ?? about.entryId ?? about.transferId ?? about.ticketId;
}

const aboutSchema = v.object({
  orderId: v.optional(id),
  personId: v.optional(id),
  invitationId: v.optional(id),
  entryId: v.optional(id),
  transferId: v.optional(id),
  ticketId: v.optional(id),
});
