import { signInLink } from '#workers/messaging/templates/sign-in-link.tsx';
import { orderConfirmation } from '#workers/messaging/templates/order-confirmation.tsx';
import { orderRefunded } from '#workers/messaging/templates/order-refunded.tsx';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import type { AnyMessage, SendResult } from '#workers/messaging/message-port.ts';
import { staffInvitation } from '#workers/messaging/templates/staff-invitation.tsx';
import { oneTimeCodeSms } from '#workers/messaging/templates/one-time-code-sms.ts';
import { orderLink } from '#workers/operations/order-link.ts';
import { orderView } from '#workers/operations/present-order.ts';
import { orderContact, orderTickets, showOrder } from '#workers/operations/show-order.ts';
import { signInLinkMinutes } from '#workers/operations/sign-in.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { pathTo } from '#workers/routes.ts';
import { queueEachWay, writeNotice } from './write-notice.ts';
import { forgetPushSubscription } from '#d1/queries/push-subscriptions.ts';
import { invitationToWrite } from '#d1/queries/notices.ts';
import type { Services } from '#workers/services.ts';

/** Writes and sends one message. One that nobody is left to read counts as sent. */
export async function sendMessage(services: Services, message: OutgoingMessage): Promise<SendResult> {
  if (message.kind === 'account_notice' && message.by === undefined) {
    await queueEachWay(services, message);
    return { sent: true };
  }
  const written = await write(services, message);
  if (written === undefined) return { sent: true };
  const result = await services.messages.send(written);
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
      return writeOrderMail(services, message);
    case 'sign_in_link': {
      const linkUrl = `${services.settings.publicOrigin}${pathTo('signInLink')}?t=${message.token}`;
      const idempotencyKey = `sign-in/${await tokenHash(message.token)}`;
      return {
        channel: 'email',
        to: message.email,
        idempotencyKey,
        ...signInLink({ linkUrl, minutes: signInLinkMinutes }),
      };
    }
    case 'one_time_code':
      return writeCode(services, message);
    case 'staff_invitation':
      return writeInvitation(services, message);
    case 'account_notice':
      return writeNotice(services, message);
  }
}

function writeCode(
  { settings: { publicOrigin } }: Services,
  { to, code, purpose }: Extract<OutgoingMessage, { kind: 'one_time_code' }>,
): AnyMessage | undefined {
  if (to.channel === 'email') return undefined;
  const text = oneTimeCodeSms({ code, purpose, minutes: signInLinkMinutes, publicOrigin });
  return { channel: 'sms', to: to.address, text };
}

async function writeOrderMail(
  services: Services,
  { kind, orderId }: Extract<OutgoingMessage, { orderId: string }>,
): Promise<AnyMessage | undefined> {
  const order = await showOrder(services, orderId);
  const contact = await orderContact(services, orderId);
  if (!order.ok || contact === undefined) return undefined;
  const tickets = await orderTickets(services, order.value);
  const view = orderView(order.value, tickets, { contact, isGuest: true, now: services.clock() });
  const parts = { order: view, orderLinkUrl: await orderLink(services, orderId) };
  const written = kind === 'order_confirmation' ? orderConfirmation(parts) : orderRefunded(parts);
  return { channel: 'email', to: contact.email, idempotencyKey: `${kind}/${orderId}`, ...written };
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
