import { oneTimeCode } from '#workers/messaging/templates/one-time-code.tsx';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import type { AnyMessage, SendResult } from '#workers/messaging/message-port.ts';
import { staffInvitation } from '#workers/messaging/templates/staff-invitation.tsx';
import { oneTimeCodeSms } from '#workers/messaging/templates/one-time-code-sms.ts';
import { noteGiftSent } from '#workers/operations/gifts.ts';
import { forgetWaiting } from '#workers/operations/waitlist.ts';
import { challengeMs } from '#shared/access/brakes.ts';
import { minuteMs } from '#shared/time.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { pathTo } from '#workers/routes.ts';
import { writePostponedMail, writeRefundMail } from './refund-mail.ts';
import { queueEachWay, writeNotice } from './write-notice.ts';
import { forgetPushSubscription } from '#d1/queries/push-subscriptions.ts';
import { invitationToWrite } from '#d1/queries/notices.ts';
import type { Services } from '#workers/services.ts';
import { writeHolderMail } from './holder-mail.ts';
import { writeOrderMail } from './order-mail.ts';
import { writeTransferMail } from './transfer-mail.ts';
import { writeWaitlistMail } from './waitlist-mail.ts';

/** Writes and sends one message. One that nobody is left to read counts as sent. */
export async function sendMessage(services: Services, message: OutgoingMessage): Promise<SendResult> {
  if (message.kind === 'account_notice' && message.by === undefined) {
    await queueEachWay(services, message);
    return { sent: true };
  }
  const written = await write(services, message);
  if (written === undefined) {
    if (message.kind === 'gift_tickets') await noteGiftSent(services, message.orderId);
    return { sent: true };
  }
  const result = await services.messages.send(written);
  if (result.sent && message.kind === 'gift_tickets') await noteGiftSent(services, message.orderId);
  if (result.sent && message.kind === 'waitlist_cancelled') await forgetWaiting(services, message.entryId);
  if (result.sent || written.channel !== 'push' || result.isGone !== true) return result;
  // The browser dropped its subscription: the ordinary end of one, and nothing to look after.
  await forgetPushSubscription(services.db, written.to.endpoint);
  return { sent: true };
}

/** Undefined when there is nobody to write to: the person was erased, or the order never came to be. */
async function write(services: Services, message: OutgoingMessage): Promise<AnyMessage | undefined> {
  switch (message.kind) {
    case 'order_confirmation':
    case 'order_refunded':
    case 'gift_tickets':
      return writeOrderMail(services, message);
    case 'refund_made':
    case 'refund_rerouted':
      return writeRefundMail(services, message);
    case 'event_postponed':
      return writePostponedMail(services, message);
    case 'waitlist_joined':
    case 'waitlist_offered':
    case 'waitlist_lapsed':
    case 'waitlist_cancelled':
      return writeWaitlistMail(services, message);
    case 'transfer_offered':
    case 'transfer_news':
    case 'transfer_received':
    case 'ticket_reissued':
      return writeTransferMail(services, message);
    case 'ticket_revoked':
    case 'ticket_postponed':
      return writeHolderMail(services, message);
    case 'one_time_code':
      return writeCode(services, message);
    case 'staff_invitation':
      return writeInvitation(services, message);
    case 'account_notice':
      return writeNotice(services, message);
  }
}

async function writeCode(
  { settings: { publicOrigin } }: Services,
  { purpose, to, code, token }: Extract<OutgoingMessage, { kind: 'one_time_code' }>,
): Promise<AnyMessage> {
  const minutes = challengeMs / minuteMs;
  if (to.channel === 'sms') {
    return { channel: 'sms', to: to.address, text: oneTimeCodeSms({ code, purpose, minutes, publicOrigin }) };
  }
  const linkUrl = token && `${publicOrigin}${pathTo('signInLink')}?t=${token}`;
  // Of code and address, and a token where there is one: two codes in a row are two mails, however alike.
  const idempotencyKey = `code/${await tokenHash(`${purpose}/${to.address}/${code}/${token ?? ''}`)}`;
  return { channel: 'email', to: to.address, idempotencyKey, ...oneTimeCode({ purpose, code, linkUrl, minutes }) };
}

/** Nothing is written once it was answered or taken back: then it is no longer meant. */
async function writeInvitation(
  { db, clock, settings: { publicOrigin } }: Services,
  { invitationId, token }: Extract<OutgoingMessage, { kind: 'staff_invitation' }>,
): Promise<AnyMessage | undefined> {
  const invitation = await invitationToWrite(db, invitationId, clock());
  if (invitation?.email == null) return undefined;
  const { email, role, expiresAtMs, businessName, inviterName } = invitation;
  const written = staffInvitation({
    role,
    expiresAtMs,
    businessName: businessName ?? undefined,
    inviterName: inviterName ?? undefined,
    linkUrl: `${publicOrigin}${pathTo('staffInvitation')}?t=${token}`,
  });
  return { channel: 'email', to: email, idempotencyKey: `staff_invitation/${invitationId}`, ...written };
}
