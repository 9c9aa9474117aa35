import { findChange } from '#d1/queries/event-changes.ts';
import { orderReference } from '#shared/ids.ts';
import { mayChoose } from '#shared/inventory/call-off.ts';
import { orderEvents, type Contact, type Order } from '#shared/orders/order.ts';
import { linesLeft } from '#shared/orders/refund-lines.ts';
import type { Refund } from '#shared/orders/refund.ts';
import type { Mail } from '#workers/messaging/message-port.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { eventPostponed } from '#workers/messaging/templates/event-postponed.tsx';
import { giftCancelled, refundMade, refundRerouted } from '#workers/messaging/templates/refund-made.tsx';
import { orderLink } from '#workers/operations/order-link.ts';
import { orderContact, orderTickets, showOrder } from '#workers/operations/show-order.ts';
import type { Services } from '#workers/services.ts';

type RefundMessage = Extract<OutgoingMessage, { kind: 'refund_made' | 'refund_rerouted' }>;
type PostponedMessage = Extract<OutgoingMessage, { kind: 'event_postponed' }>;

/** Undefined when there is nobody to write to, or nothing to say to them: a gift that was not given yet, a card that took it. */
export async function writeRefundMail(services: Services, message: RefundMessage): Promise<Mail | undefined> {
  const { kind, orderId, refundId } = message;
  const found = await addressee(services, message);
  const refund = found?.order.refunds.find((known) => known.refundId === refundId);
  if (found === undefined || refund === undefined) return undefined;
  const { order, to, isRecipient } = found;
  if (kind === 'refund_rerouted' && !refund.legs.some(({ state }) => state === 'failed')) return undefined;
  const about = {
    titles: titlesOf(order, refund),
    reference: orderReference(orderId),
    orderLinkUrl: await orderLink(services, orderId, isRecipient ? 'recipient' : undefined),
  };
  const whole = { ...about, refund, currency: order.snapshot.currency, ended: endedOf(order, refund) };
  const written = isRecipient
    ? giftCancelled(about)
    : kind === 'refund_made'
      ? refundMade(whole)
      : refundRerouted(whole);
  return { channel: 'email', to, idempotencyKey: `${kind}/${refundId}/${message.as ?? 'buyer'}`, ...written };
}

export async function writePostponedMail(services: Services, message: PostponedMessage): Promise<Mail | undefined> {
  const { orderId, changeId } = message;
  const found = await addressee(services, message);
  const change = await findChange(services.db, changeId);
  if (found === undefined || change === undefined) return undefined;
  const { order, to, isRecipient } = found;
  const event = orderEvents(order.snapshot).find(({ eventId }) => eventId === change.eventId);
  const tickets = await orderTickets(services, order);
  const standing = tickets.find(({ eventId }) => eventId === change.eventId)?.event;
  const { postponement } = standing ?? {};
  if (event === undefined || standing === undefined || postponement === undefined) return undefined;
  // It moved again since, or who ordered knew the new dates: another mail tells of those, or none has to.
  const isTold = postponement.decidedAt !== change.startedAtMs || order.placedAtMs >= change.startedAtMs;
  if (isTold || standing.status === 'cancelled') return undefined;
  const isPaid = linesLeft(order).some(({ section, amountMinor }) => {
    return section.inventoryId === change.eventId && amountMinor > 0;
  });
  const mayHaveMoney = isPaid && mayChoose(postponement, order.placedAtMs, services.clock());
  const money = { kind: 'money' as const, untilMs: postponement.refundUntil };
  const written = eventPostponed({
    title: event.title,
    timeZone: event.timeZone,
    was: { startsAtMs: postponement.previousStartsAt, endsAtMs: postponement.previousEndsAt },
    now: standing,
    choice: isRecipient ? { kind: 'recipient' } : mayHaveMoney ? money : { kind: 'free' },
    reference: orderReference(orderId),
    orderLinkUrl: await orderLink(services, orderId, isRecipient ? 'recipient' : undefined),
  });
  const idempotencyKey = `event_postponed/${changeId}/${orderId}/${message.as ?? 'buyer'}`;
  return { channel: 'email', to, idempotencyKey, ...written };
}

type Addressed = { readonly orderId: string; readonly as?: 'recipient' | undefined };

/** The buyer; or who was given it, once they were. */
async function addressee(services: Services, { orderId, as }: Addressed) {
  const order = await showOrder(services, orderId);
  const contact = await orderContact(services, orderId);
  if (!order.ok || contact === undefined) return undefined;
  const isRecipient = as === 'recipient';
  const to = isRecipient ? givenTo(services, order.value, contact) : contact.email;
  return to === undefined ? undefined : { order: order.value, to, isRecipient };
}

function givenTo({ clock }: Services, { snapshot }: Order, contact: Contact): string | undefined {
  return snapshot.gift !== undefined && snapshot.gift.deliverAtMs <= clock() ? contact.gift?.email : undefined;
}

/** Events and shops it gives money back for. */
function titlesOf({ snapshot }: Order, refund: Refund): string[] {
  const ids = new Set(refund.lines.map(({ lineId }) => lineId));
  const touched = snapshot.sections.filter(({ lines }) => lines.some(({ lineId }) => ids.has(lineId)));
  return [...new Set(touched.flatMap(({ event, shop }) => event?.title ?? shop?.name ?? []))];
}

function endedOf({ snapshot }: Order, refund: Refund): { quantity: number; name: string }[] {
  const named = new Map(snapshot.sections.flatMap(({ lines }) => lines.map(({ lineId, name }) => [lineId, name])));
  const ended = refund.lines.filter(({ quantity }) => quantity > 0);
  return ended.map(({ lineId, quantity }) => ({ quantity, name: named.get(lineId) ?? '' }));
}
