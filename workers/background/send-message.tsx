import { signInLink } from '#workers/messaging/templates/sign-in-link.tsx';
import { orderConfirmation } from '#workers/messaging/templates/order-confirmation.tsx';
import { orderRefunded } from '#workers/messaging/templates/order-refunded.tsx';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import type { Mail } from '#workers/messaging/mail-port.ts';
import { orderLink } from '#workers/operations/order-link.ts';
import { orderView } from '#workers/operations/present-order.ts';
import { orderContact, orderTickets, showOrder } from '#workers/operations/show-order.ts';
import { signInLinkMinutes } from '#workers/operations/sign-in.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import { writeWaitlistMail } from './waitlist-mail.ts';

/** Writes and sends one message. True when it is done with, sent or not worth sending again. */
export async function sendMessage(services: Services, message: OutgoingMessage): Promise<boolean> {
  const mail = await writeMail(services, message);
  if (mail === undefined) return true;
  const result = await services.mail.send(mail);
  if (result.sent) return true;
  console.error('mail refused', message.kind, result.why);
  return !result.retry;
}

/** Undefined when there is nobody to write to: the person was erased, or the order never came to be. */
async function writeMail(services: Services, message: OutgoingMessage): Promise<Mail | undefined> {
  switch (message.kind) {
    case 'order_confirmation':
    case 'order_refunded':
      return writeOrderMail(services, message);
    case 'sign_in_link': {
      const linkUrl = `${services.settings.publicOrigin}${pathTo('signInLink')}?t=${message.token}`;
      const idempotencyKey = `sign-in/${await tokenHash(message.token)}`;
      return { to: message.email, idempotencyKey, ...signInLink({ linkUrl, minutes: signInLinkMinutes }) };
    }
    case 'waitlist_joined':
    case 'waitlist_offered':
    case 'waitlist_lapsed':
      return writeWaitlistMail(services, message);
    case 'one_time_code':
    case 'staff_invitation':
    case 'account_notice':
      return undefined;
  }
}

async function writeOrderMail(
  services: Services,
  { kind, orderId }: Extract<OutgoingMessage, { orderId: string }>,
): Promise<Mail | undefined> {
  const order = await showOrder(services, orderId);
  const contact = await orderContact(services, orderId);
  if (!order.ok || contact === undefined) return undefined;
  const tickets = await orderTickets(services, order.value);
  const view = orderView(order.value, tickets, { contact, isGuest: true, now: services.clock() });
  const parts = { order: view, orderLinkUrl: await orderLink(services, orderId) };
  const written = kind === 'order_confirmation' ? orderConfirmation(parts) : orderRefunded(parts);
  return { to: contact.email, idempotencyKey: `${kind}/${orderId}`, ...written };
}
