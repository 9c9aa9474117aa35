import type { Mail } from '#workers/messaging/message-port.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { giftTickets } from '#workers/messaging/templates/gift-tickets.tsx';
import { orderConfirmation } from '#workers/messaging/templates/order-confirmation.tsx';
import { orderRefunded } from '#workers/messaging/templates/order-refunded.tsx';
import { planGift } from '#workers/operations/gifts.ts';
import { orderLink } from '#workers/operations/order-link.ts';
import { orderView } from '#workers/operations/present-order.ts';
import { orderContact, orderTickets, showOrder } from '#workers/operations/show-order.ts';
import type { Services } from '#workers/services.ts';

type OrderMessage = Extract<OutgoingMessage, { kind: 'order_confirmation' | 'order_refunded' | 'gift_tickets' }>;

/** Undefined when there is nobody to write to: the person was erased, or the order never came to be. */
export async function writeOrderMail(services: Services, { kind, orderId }: OrderMessage): Promise<Mail | undefined> {
  const order = await showOrder(services, orderId);
  const contact = await orderContact(services, orderId);
  if (!order.ok || contact === undefined) return undefined;
  // Before the receipt goes out: whoever reads there that the gift is on its way can rely on it.
  if (kind === 'order_confirmation') await planGift(services, order.value);
  const tickets = await orderTickets(services, order.value);
  const isRecipient = kind === 'gift_tickets';
  const to = isRecipient ? contact.gift?.email : contact.email;
  if (to === undefined || (isRecipient && order.value.state !== 'completed')) return undefined;
  const view = orderView(order.value, tickets, { contact, now: services.clock(), isRecipient });
  const orderLinkUrl = await orderLink(services, orderId, isRecipient ? 'recipient' : undefined);
  const written = { order_confirmation: orderConfirmation, order_refunded: orderRefunded, gift_tickets: giftTickets };
  return {
    channel: 'email',
    to,
    idempotencyKey: `${kind}/${orderId}`,
    ...written[kind]({ order: view, orderLinkUrl }),
  };
}
