import type { EventStanding, ShownTicket } from '#objects/event-inventory/client.ts';
import { orderReference } from '#shared/ids.ts';
import { mayChoose } from '#shared/inventory/call-off.ts';
import { money } from '#shared/money/money.ts';
import type { Tender } from '#shared/orders/attempt.ts';
import { currentAttempt, orderEvents, type Contact, type Order, type OrderSnapshot } from '#shared/orders/order.ts';
import { linesLeft } from '#shared/orders/refund-lines.ts';
import { counts } from '#shared/orders/refund.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { EpochMs } from '#shared/time.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { pathTo } from '#workers/routes.ts';
import type { EventChangeView, GiftView, OrderState, OrderView, ReceiptPart, ReceiptView } from '#workers/ui/views.ts';
import { snapshotCard } from './present-event.ts';
import { lineView, sumsView } from './present-sums.ts';
import { wayView } from './present-ways.ts';

/** What a buyer needs to know of the desk's many states. */
export const shownStates: Readonly<Record<Order['state'], OrderState>> = {
  placed: 'working',
  held: 'unpaid',
  reserving: 'working',
  securing: 'working',
  firm: 'working',
  authorised: 'working',
  captured: 'working',
  completed: 'completed',
  refusing: 'working',
  refused: 'refused',
  releasing: 'released',
  released: 'released',
  voiding: 'refunding',
  refunding: 'refunding',
  refunded: 'refunded',
};

/** While the buyer is with the bank the order is theirs to pay, though the desk calls it firm. */
function shownState(order: Order): OrderState {
  return order.state === 'firm' && currentAttempt(order) !== undefined ? 'paying' : shownStates[order.state];
}

type About = {
  readonly contact: Contact | undefined;
  readonly now: EpochMs;
  readonly keep?: OrderView['keep'];
  readonly firstCode?: OrderView['firstCode'];
  /** Ways to pay what is still to be paid. */
  readonly ways?: readonly Tender[];
  /** Drawn for who is given it: without the receipt where the giver hides the price, and without the giver's address. */
  readonly isRecipient?: boolean;
};

export function orderView(order: Order, tickets: readonly ShownTicket[], about: About): OrderView {
  const { orderId, snapshot } = order;
  const { contact, now, isRecipient } = about;
  const cardOf = (eventId: string) => snapshotCard(snapshot, now, { eventId, event: standingOf(tickets, eventId) });
  return {
    orderId,
    reference: orderReference(orderId),
    events: orderEvents(snapshot).map(({ eventId }) => cardOf(eventId)),
    changes: changesOf(order, tickets, about),
    refunds: isRecipient === true ? [] : refundsOf(order),
    state: shownState(order),
    payUntilMs: order.holdExpiresAtMs ?? currentAttempt(order)?.deadlineMs,
    problem: order.failure === undefined ? undefined : problemOf(order.failure),
    receipt: isRecipient === true && snapshot.gift?.hidesPrice === true ? undefined : receiptOf(order, tickets, now),
    total: money(snapshot.totalMinor, snapshot.currency),
    hasDocuments: order.state === 'completed' && snapshot.totalMinor > 0 && isRecipient !== true,
    paidFrom: paidFrom(order),
    ways: (about.ways ?? []).map((way) => wayView(way, snapshot.currency)),
    gift: giftView(order, about),
    buyerEmail: isRecipient === true ? '' : (contact?.email ?? ''),
    firstCode: about.firstCode,
    tickets: tickets.map(({ customerId, ticketId, eventId, type, status, windows }) => ({
      validFromMs: windows[0]?.from,
      ticketId,
      event: cardOf(eventId),
      typeName: type.name,
      accessLevel: type.accessLevel,
      tier: type.tier,
      status: isWithBuyer({ customerId }, order) ? status : 'given',
      url: pathTo('ticket', { orderId, ticketId }),
    })),
    things: thingsOf(snapshot),
    isTopUp: snapshot.sections.some(({ kind }) => kind === 'wallet'),
    keep: about.keep,
  };
}

/** An order remembers the names of its access levels only; its tickets know their numbers. */
function receiptOf({ snapshot }: Order, tickets: readonly ShownTicket[], now: EpochMs): ReceiptView {
  const tiers = new Map(tickets.map(({ type }) => [type.id, type.tier]));
  const parts = snapshot.sections.map(({ event, shop, lines }): ReceiptPart => ({
    event: event && snapshotCard(snapshot, now, { eventId: event.eventId, event: standingOf(tickets, event.eventId) }),
    shop: shop && { name: shop.name, slug: shop.slug },
    lines: lines.map((line) =>
      lineView(line, snapshot.currency, {
        tier: line.kind === 'ticket' ? tiers.get(line.itemId) : undefined,
      }),
    ),
  }));
  return { parts, sums: sumsView(snapshot) };
}

function standingOf(tickets: readonly ShownTicket[], eventId: string): EventStanding | undefined {
  return tickets.find((ticket) => ticket.eventId === eventId)?.event;
}

/** Events of the order that do not take place as they were planned when it was placed. */
function changesOf(order: Order, tickets: readonly ShownTicket[], { now, isRecipient }: About): EventChangeView[] {
  return orderEvents(order.snapshot).flatMap(({ eventId, title, timeZone }): EventChangeView[] => {
    const standing = standingOf(tickets, eventId);
    if (standing === undefined) return [];
    if (standing.status === 'cancelled') return [{ kind: 'cancelled', title }];
    const { postponement, startsAtMs, endsAtMs } = standing;
    if (postponement === undefined || order.placedAtMs >= postponement.decidedAt) return [];
    const live = tickets.some((ticket) => ticket.eventId === eventId && ticket.status !== 'refunded');
    if (!live) return [];
    const isPaid = linesLeft(order).some(
      ({ section, amountMinor }) => section.inventoryId === eventId && amountMinor > 0,
    );
    const isOpen = mayChoose(postponement, order.placedAtMs, now);
    const choice = !isPaid || isRecipient === true ? 'none' : isOpen ? 'open' : 'over';
    return [{ kind: 'postponed', title, timeZone, startsAtMs, endsAtMs, choice, untilMs: postponement.refundUntil }];
  });
}

/** What went back, or is to, a line for each way. */
function refundsOf({ refunds, snapshot: { currency } }: Order): OrderView['refunds'] {
  return refunds.filter(counts).map(({ state, legs }) => ({
    isDeciding: state === 'new',
    ways: legs
      .filter((leg) => leg.state !== 'failed' && leg.amountMinor > 0)
      .map(({ to, amountMinor }) => ({ to, amount: money(amountMinor, currency) })),
  }));
}

/** Products, each with where it is collected. */
function thingsOf({ sections }: OrderSnapshot): OrderView['things'] {
  return sections.flatMap(({ shop, lines }) =>
    lines
      .filter(({ kind }) => kind === 'product')
      .map(({ name, quantity, itemId }) => ({ name, quantity, from: shop?.name, pickup: shop?.pickups[itemId] })),
  );
}

/** Told only of orders that points or a balance paid for, and once they have. */
function paidFrom(order: Order): OrderView['paidFrom'] {
  const tender = currentAttempt(order)?.tender;
  const { currency } = order.snapshot;
  if (order.state !== 'completed' || tender === undefined || tender.points + tender.walletMinor === 0) return undefined;
  const { points, pointsWorth, balance, card } = wayView(tender, currency);
  return { points, pointsWorth, balance, card };
}

function giftView({ snapshot }: Order, { contact, isRecipient, now }: About): GiftView | undefined {
  const { gift } = snapshot;
  if (gift === undefined) return undefined;
  // Once erased, nobody's name is told.
  const { name = '', gift: given } = contact ?? {};
  if (isRecipient === true) return { to: 'recipient', from: name, message: given?.message ?? '' };
  const timeZone = orderEvents(snapshot)[0]?.timeZone ?? 'UTC';
  const { deliverAtMs } = gift;
  return { to: 'giver', recipient: given?.name ?? '', deliverAtMs, isDelivered: deliverAtMs <= now, timeZone };
}
