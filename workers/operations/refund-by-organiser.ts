import type { SignedIn } from '#d1/queries/sessions.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { may } from '#shared/access/permissions.ts';
import type { Order, OrderSection } from '#shared/orders/order.ts';
import { linesLeft, type LineLeft } from '#shared/orders/refund-lines.ts';
import type { Refund, RefundReason, WantedLine } from '#shared/orders/refund.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { auditOnce } from './audit.ts';
import { refundOrder } from './refund-order.ts';
import { orderTickets } from './show-order.ts';

/** What an organiser could give back of one line now. */
export type LineToRefund = LineLeft & {
  /** Nobody has been in with them, the last first: a family shows its first ticket most. Those offered to somebody come last. */
  readonly unused: readonly ShownTicket[];
  /** Used, blocked, or somebody else's by now: only whoever may overrule the rules gives money for these. */
  readonly used: readonly ShownTicket[];
  /** What the rules in force let the seller keep, while they give anything back; zero otherwise. */
  readonly feePercent: number;
};

/** A seller's own lines, with their tickets as the events' inventories have them now. */
export async function linesToRefund(
  services: Services,
  order: Order,
  sections: readonly OrderSection[],
): Promise<LineToRefund[]> {
  const own = new Set(sections.map(({ inventoryId }) => inventoryId));
  const shown = await orderTickets(services, {
    ...order,
    tickets: order.tickets.filter(({ eventId }) => own.has(eventId)),
  });
  const now = services.clock();
  return linesLeft(order)
    .filter(({ section }) => own.has(section.inventoryId))
    .map((left) => {
      const tickets = left.tickets.flatMap(
        ({ ticketId }) => shown.find((ticket) => ticket.ticketId === ticketId) ?? [],
      );
      const rule = tickets[0]?.type.refund;
      const feePercent = rule?.kind === 'until' && rule.until > now ? rule.feePercent : 0;
      const isUsed = (ticket: ShownTicket) => ticket.isUsed || !isWithBuyer(ticket, order);
      const unused = tickets.filter((ticket) => !isUsed(ticket)).toReversed();
      return {
        ...left,
        unused: unused.toSorted((a, b) => Number(a.transfer !== undefined) - Number(b.transfer !== undefined)),
        used: tickets.filter(isUsed),
        feePercent,
      };
    });
}

/** What comes off which line. `amountMinor` gives something back to please, and takes nothing away for it. */
export type OrganiserRefund = {
  /** Made when the form was drawn: a second click is the same refund. */
  readonly key: string;
  /** Refunds the order had when the form was drawn: another tab was faster if it has more. */
  readonly seen: number;
  /** Event or business whose lines these are. */
  readonly inventoryId: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly amountMinor?: number }[];
  readonly to: 'source' | 'wallet';
  readonly reason: RefundReason;
  /** The seller keeps what the rules in force let them. */
  readonly keepsFee: boolean;
  /** Used tickets too. */
  readonly withUsed: boolean;
  /** Goods were not handed out, or came back: they can be sold again. */
  readonly isOnShelf: boolean;
};

type Wanted = { readonly lines: readonly WantedLine[]; readonly isUnusedOnly: boolean };

/**
 * Gives back lines of one event or shop, or an amount to please. Whether the person may is asked for this section's business;
 * used tickets take a permission of their own.
 */
export async function refundByOrganiser(
  services: Services,
  person: SignedIn,
  order: Order,
  wish: OrganiserRefund,
): Promise<Result<Order>> {
  const { personId: byId, memberships } = person;
  const refundId = `${order.orderId}/o-${wish.key}`;
  const section = order.snapshot.sections.find(({ inventoryId }) => inventoryId === wish.inventoryId);
  if (section === undefined) return fail('refund_not_allowed');
  const { businessId } = section;
  if (!may(memberships, 'order.refund', businessId)) return fail('not_permitted');
  if (wish.withUsed && !may(memberships, 'order.refund_used', businessId)) return fail('not_permitted');
  const before = order.refunds.find((known) => known.refundId === refundId);
  // Nothing went back then, and nothing does now: to say and write down that it did would be a lie.
  if (before?.failure !== undefined) return fail(before.failure.code, before.failure.facts);
  if (before !== undefined && !isSameWish(before, wish)) return fail('refund_made_already');
  // Pressed again: what it asked for has gone, and choosing anew would take the next tickets.
  const wanted = before !== undefined ? undefined : wantedOf(await linesToRefund(services, order, [section]), wish);
  if (wanted !== undefined && !wanted.ok) return wanted;
  const { to, reason, seen, isOnShelf } = wish;
  const about = { refundId, to, reason, seen, isOnShelf, cause: 'organiser' as const, byId };
  const done = wanted === undefined ? ok(order) : await refundOrder(services, order, { ...about, ...wanted.value });
  const made = done.ok ? done.value.refunds.find((known) => known.refundId === refundId) : undefined;
  if (made === undefined) return done;
  await auditOnce(services, refundId, {
    action: 'order.refunded',
    actorId: byId,
    businessId,
    subjectId: order.orderId,
    facts: { reason, to, amountMinor: made.amountMinor, keptMinor: made.keptFeeMinor, withUsed: wish.withUsed },
  });
  return done;
}

/** Whether a refund is what this form asks for: one key is one wish. */
function isSameWish({ lines, to }: Refund, wish: OrganiserRefund): boolean {
  const isIn = ({ lineId, quantity, amountMinor }: OrganiserRefund['lines'][number]) =>
    lines.some((line) => {
      const isSame = line.lineId === lineId && line.quantity === quantity;
      return isSame && (amountMinor === undefined || line.amountMinor === amountMinor);
    });
  return to === wish.to && lines.length === wish.lines.length && wish.lines.every(isIn);
}

function wantedOf(left: readonly LineToRefund[], wish: OrganiserRefund): Result<Wanted> {
  const lines: WantedLine[] = [];
  for (const { lineId, quantity, amountMinor } of wish.lines) {
    const line = left.find((known) => known.line.lineId === lineId);
    if (line === undefined) return fail('refund_not_allowed');
    const feePercent = wish.keepsFee ? line.feePercent : 0;
    if (amountMinor !== undefined) {
      lines.push({ lineId, ticketIds: [], quantity: 0, feePercent: 0, amountMinor });
      continue;
    }
    if (line.line.kind !== 'ticket') {
      lines.push({ lineId, ticketIds: [], quantity, feePercent });
      continue;
    }
    const good = wish.withUsed ? [...line.unused, ...line.used] : line.unused;
    if (good.length < quantity) return fail(line.used.length > 0 ? 'ticket_used' : 'refund_made_already');
    const ticketIds = good.slice(0, quantity).map(({ ticketId }) => ticketId);
    lines.push({ lineId, ticketIds, quantity, feePercent });
  }
  return ok({ lines, isUnusedOnly: !wish.withUsed });
}
