import type { TransferEnd, TransferOffer, ReissueRequest, TransferRequest } from '#objects/event-inventory/client.ts';
import { no, statusOf, typeOf, yes, type TicketTransfer, type Ticket, type World } from './world.ts';

/** Tickets that pass from one to another, and codes made anew. */

const find = (world: World, ticketId: string) => world.tickets.find(({ id }) => id === ticketId);
const stateOf = (world: World, { state, endsAt }: TicketTransfer) =>
  state === 'offered' && endsAt <= world.now ? 'expired' : state;

/** The offer of a ticket that can still be accepted. */
export function offerOf(world: World, ticketId: string): TicketTransfer | undefined {
  return world.transfers.find((each) => each.ticketId === ticketId && stateOf(world, each) === 'offered');
}

export function whyNotGiven(world: World, ticket: Ticket): ReturnType<typeof no> | undefined {
  if (typeOf(world, ticket.typeId)?.transferable !== true) return no('ticket_not_transferable');
  const isUsed = ticket.use.entries > 0 || Object.values(ticket.handedOut).some((times) => times > 0);
  if (isUsed) return no('ticket_used');
  const isOver = world.rules.status === 'cancelled' || world.now >= world.rules.endsAt;
  const from = isOver ? 'expired' : statusOf(world, ticket);
  return from === 'paid' || from === 'active' ? undefined : no('ticket_move_illegal', { from, move: 'give' });
}

export function offer(world: World, { transferId, ticketId, byCustomerId, forCustomerId }: TransferOffer): unknown {
  const known = world.transfers.find(({ id }) => id === transferId);
  if (known !== undefined) {
    const isSame = known.ticketId === ticketId && known.from === byCustomerId && known.addressee === forCustomerId;
    return isSame ? yes({ endsAtMs: known.endsAt }) : no('idempotency_key_reused');
  }
  const ticket = find(world, ticketId);
  if (ticket === undefined) return no('ticket_unknown');
  if (ticket.customerId !== byCustomerId) return no('ticket_changed');
  if (forCustomerId === byCustomerId) return no('transfer_to_self');
  const why = whyNotGiven(world, ticket);
  if (why !== undefined) return why;
  if (offerOf(world, ticketId) !== undefined) return no('transfer_open');
  const { startsAt, endsAt } = world.rules;
  const isAhead = world.now < startsAt;
  const latest = isAhead ? Math.max(startsAt, world.now + 2 * 3_600_000) : endsAt;
  const endsAtMs = Math.min(latest, endsAt, world.now + 14 * 86_400_000);
  world.transfers.push({
    id: transferId,
    ticketId,
    from: byCustomerId,
    addressee: forCustomerId,
    state: 'offered',
    endsAt: endsAtMs,
  });
  const sentTo = forCustomerId === undefined ? {} : { forCustomerId };
  world.traces.push({ kind: 'transfer.offered', transferId, ticketId, customerId: byCustomerId, ...sentTo, endsAtMs });
  return yes({ endsAtMs });
}

export function end(world: World, asked: TransferEnd): unknown {
  const transfer = world.transfers.find(({ id }) => id === asked.transferId);
  if (transfer === undefined) return no('transfer_unknown');
  if (asked.how === 'withdrawn' && asked.byCustomerId !== transfer.from) return no('transfer_unknown');
  const state = stateOf(world, transfer);
  if (state === asked.how) return yes();
  if (state !== 'offered') return no('transfer_over', { state });
  close(world, transfer, asked.how);
  return yes();
}

function close(world: World, transfer: TicketTransfer, how: 'declined' | 'withdrawn' | 'void'): void {
  transfer.state = how;
  world.traces.push({
    kind: `transfer.${how === 'void' ? 'voided' : how}`,
    transferId: transfer.id,
    ticketId: transfer.ticketId,
    customerId: transfer.from,
  });
}

/** What ends a ticket's codes ends its offer. */
export function closeOpen(world: World, ticketId: string, how: 'withdrawn' | 'void'): void {
  const open = offerOf(world, ticketId);
  if (open !== undefined) close(world, open, how);
}

export function accept(world: World, request: TransferRequest): unknown {
  const { ticketId, transferId, toCustomerId, byCustomerId, holderName } = request;
  const transfer = world.transfers.find(({ id }) => id === transferId);
  const ticket = find(world, ticketId);
  if (transfer === undefined || transfer.ticketId !== ticketId || ticket === undefined) return no('transfer_unknown');
  const state = stateOf(world, transfer);
  if (state === 'accepted' && transfer.to === toCustomerId && ticket.customerId === toCustomerId) {
    return yes({ generation: transfer.generation });
  }
  if (state !== 'offered') return no('transfer_over', { state });
  if (transfer.from !== byCustomerId || ticket.customerId !== byCustomerId) return no('ticket_changed');
  if (transfer.addressee !== undefined && transfer.addressee !== toCustomerId) return no('transfer_for_another');
  if (toCustomerId === byCustomerId) return no('transfer_to_self');
  const why = whyNotGiven(world, ticket);
  if (why !== undefined) return why;
  const generation = ticket.generation + 1;
  Object.assign(transfer, { state: 'accepted', to: toCustomerId, generation });
  const name = typeOf(world, ticket.typeId)?.identity === 'none' ? undefined : holderName;
  Object.assign(ticket, { generation, customerId: toCustomerId, name });
  const said = { fromCustomerId: byCustomerId, customerId: toCustomerId, status: statusOf(world, ticket), generation };
  world.traces.push({ kind: 'ticket.transferred', ticketId, transferId, ...said });
  return yes({ generation });
}

export function reissue(world: World, request: ReissueRequest): unknown {
  const { reissueId, ticketId, cause } = request;
  const known = world.reissues.get(reissueId);
  if (known !== undefined) {
    return known.ticketId === ticketId ? yes({ generation: known.generation }) : no('idempotency_key_reused');
  }
  const ticket = find(world, ticketId);
  if (ticket === undefined) return no('ticket_unknown');
  if (request.cause === 'holder' && request.byCustomerId !== ticket.customerId) return no('ticket_changed');
  const from = statusOf(world, ticket);
  if (from !== 'paid' && from !== 'active') return no('ticket_move_illegal', { from, move: 'reissue' });
  ticket.generation += 1;
  const { generation, customerId } = ticket;
  world.reissues.set(reissueId, { ticketId, generation });
  const by = request.cause === 'support' ? { staffId: request.staffId } : {};
  const said = { customerId, status: statusOf(world, ticket), generation, cause, ...by };
  world.traces.push({ kind: 'ticket.reissued', ticketId, reissueId, ...said });
  closeOpen(world, ticketId, 'withdrawn');
  return yes({ generation });
}
