import { statusOf, type TicketFacts } from '../admission/uses.ts';
import { ticketTypeOf, type EventRules } from '../inventory/rules.ts';
import type { Order } from '../orders/order.ts';
import { fail, ok, type Result } from '../result.ts';
import { dayMs, hourMs, type EpochMs } from '../time.ts';
import { lastGeneration } from './code.ts';

/**
 * A ticket its holder offers to somebody. Until it is accepted nothing about the ticket changes, and its code stays good:
 * whoever never opens the link must not cost the holder their place. Accepting raises the generation, which ends every
 * earlier code at once.
 */
export type TransferState = 'offered' | 'accepted' | 'declined' | 'withdrawn' | 'expired' | 'void';

export type TicketTransfer = {
  readonly transferId: string;
  readonly ticketId: string;
  readonly fromCustomerId: string;
  /** Pseudonym of the address it was sent to, which whoever accepts must have proved. Undefined: for whoever has the link. */
  readonly forCustomerId: string | undefined;
  /** As stored. That it ran out follows from `endsAtMs`: ask `transferStateOf`. */
  readonly state: TransferState;
  readonly endsAtMs: EpochMs;
  /** Who accepted it, and the generation it then had. */
  readonly toCustomerId: string | undefined;
  readonly generation: number | undefined;
};

export type TransferRefusal =
  | 'ticket_not_transferable'
  | 'ticket_used'
  | 'ticket_move_illegal'
  | 'ticket_changed'
  | 'transfer_over'
  | 'transfer_for_another'
  | 'transfer_to_self';

/** No offer stands for longer. */
export const transferLongestMs = 14 * dayMs;
/** Tickets are given in the queue as well: an offer made minutes before the doors open must outlast the opening. */
const shortestMs = 2 * hourMs;

/**
 * Whether whoever bought a ticket still has it. `order` is the one it came from: its buyer goes on seeing the order, and no code of
 * a ticket that is somebody else's.
 */
export function isWithBuyer(ticket: { readonly customerId: string }, order: Pick<Order, 'snapshot'>): boolean {
  return ticket.customerId === order.snapshot.customerId;
}

/** An offer ends when the event begins, or ends if it has begun, after two weeks at the latest. */
export function transferEndsAt({ startsAt, endsAt }: Pick<EventRules, 'startsAt' | 'endsAt'>, now: EpochMs): EpochMs {
  const until = now < startsAt ? Math.max(startsAt, now + shortestMs) : endsAt;
  return Math.min(until, endsAt, now + transferLongestMs);
}

export function transferStateOf(
  { state, endsAtMs }: Pick<TicketTransfer, 'state' | 'endsAtMs'>,
  now: EpochMs,
): TransferState {
  return state === 'offered' && endsAtMs <= now ? 'expired' : state;
}

/** Whether a ticket, as it is, may pass to somebody else. Asked when it is offered, and again when it is accepted. */
export function mayBeGiven(
  rules: EventRules,
  ticket: TicketFacts,
  now: EpochMs,
): Result<undefined, 'ticket_not_transferable' | 'ticket_used' | 'ticket_move_illegal'> {
  const type = ticketTypeOf(rules, ticket.typeId);
  if (type?.transferable !== true) return fail('ticket_not_transferable');
  // What was handed out on it counts as well: nobody is given a meal ticket whose meal was eaten.
  if (ticket.entries > 0 || Object.values(ticket.redeemed).some((times) => times > 0)) return fail('ticket_used');
  const isOver = now >= rules.endsAt || rules.status === 'cancelled';
  const status = isOver ? 'expired' : statusOf(rules, ticket, now);
  return status === 'paid' || status === 'active' ? ok() : fail('ticket_move_illegal', { from: status, move: 'give' });
}

export type Holding = { readonly customerId: string; readonly generation: number };

export type Acceptance = { readonly toCustomerId: string; readonly byCustomerId: string };

/**
 * Decides who has a ticket that was offered. `known` is a request that was decided before: it is answered as then while
 * whoever accepted still has the ticket, so that a lost answer can be asked for again. Of two who press at once, one is first.
 */
export function acceptTransfer(
  transfer: TicketTransfer,
  ticket: Holding,
  { toCustomerId, byCustomerId }: Acceptance,
  now: EpochMs,
): Result<{ readonly kind: 'accept' | 'known'; readonly generation: number }, TransferRefusal> {
  const state = transferStateOf(transfer, now);
  const isTheirs = transfer.toCustomerId === toCustomerId && ticket.customerId === toCustomerId;
  if (state === 'accepted' && isTheirs && transfer.generation !== undefined) {
    return ok({ kind: 'known', generation: transfer.generation });
  }
  if (state !== 'offered') return fail('transfer_over', { state });
  if (transfer.fromCustomerId !== byCustomerId || ticket.customerId !== byCustomerId) return fail('ticket_changed');
  const { forCustomerId = toCustomerId } = transfer;
  if (forCustomerId !== toCustomerId) return fail('transfer_for_another');
  if (toCustomerId === byCustomerId) return fail('transfer_to_self');
  if (ticket.generation >= lastGeneration) return fail('ticket_changed');
  return ok({ kind: 'accept', generation: ticket.generation + 1 });
}

/** Ending an offer twice the same way is once; any other second ending comes too late. */
export function endTransfer(
  transfer: TicketTransfer,
  how: 'declined' | 'withdrawn',
  now: EpochMs,
): Result<{ readonly isNew: boolean }, 'transfer_over'> {
  const state = transferStateOf(transfer, now);
  if (state === how) return ok({ isNew: false });
  return state === 'offered' ? ok({ isNew: true }) : fail('transfer_over', { state });
}
