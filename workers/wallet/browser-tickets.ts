import { ticketsOf } from '#d1/queries/wallet.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { dayMs, type EpochMs } from '#shared/time.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { readOrders } from '#workers/http/order-access.ts';
import { readReader } from '#workers/http/reader.ts';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { plainCard, snapshotCard } from '#workers/operations/present-event.ts';
import { orderTickets, showOrder } from '#workers/operations/show-order.ts';
import type { EventCard } from '#workers/ui/views.ts';

export type EventTicket = { readonly ticket: ShownTicket; readonly event: EventCard };

type Found = { readonly tickets: readonly EventTicket[]; readonly isComplete: boolean };

/** A family's tickets for a season; a phone is no archive. */
const ticketsMax = 100;
/** Somebody still stands at a gate whose event ended by the clock. */
const keptAfterMs = dayMs;

/** The tickets this browser may show and that may still open a gate: its person's and its orders'. */
export async function ticketsOfBrowser(c: AppContext): Promise<Found> {
  const now = c.var.services.clock();
  const found = await Promise.all([ofPerson(c, now), ofOrders(c, await readOrders(c), now)]);
  const all = new Map(found.flatMap(({ tickets }) => tickets.map((each) => [each.ticket.ticketId, each])));
  const tickets = [...all.values()].toSorted((one, other) => one.event.startsAtMs - other.event.startsAtMs);
  const isComplete = found.every((part) => part.isComplete) && tickets.length <= ticketsMax;
  return { tickets: tickets.slice(0, ticketsMax), isComplete };
}

async function ofPerson(c: AppContext, now: EpochMs): Promise<Found> {
  const { services, person, isDatabaseSilent } = c.var;
  if (person === undefined) {
    const reader = await readReader(c);
    const known = await ofOrders(c, reader?.orderIds ?? [], now);
    return { ...known, isComplete: known.isComplete && !isDatabaseSilent };
  }
  try {
    const rows = await ticketsOf(services.db, await ownerOf(services, person));
    const coming = rows.filter(({ event }) => isKept(event, now));
    const byEvent = Map.groupBy(coming, ({ event }) => event.id);
    return await together(
      [...byEvent].map(async ([eventId, [first, ...others]]) => {
        if (first === undefined) return [];
        const ids = [first, ...others].map(({ ticket }) => ticket.id);
        const shown = await services.inventory(eventId).showTickets(ids);
        return shown.map((ticket) => ({ ticket, event: plainCard(first.event, now) }));
      }),
    );
  } catch (error) {
    console.error('tickets were not answered for', error);
    return { tickets: [], isComplete: false };
  }
}

/** From the desks themselves: no database is needed to find them. */
function ofOrders({ var: { services } }: AppContext, orderIds: readonly string[], now: EpochMs): Promise<Found> {
  return together(
    orderIds.map(async (orderId) => {
      const order = await showOrder(services, orderId);
      if (!order.ok || !isKept(order.value.snapshot.event, now)) return [];
      const event = snapshotCard(order.value.snapshot, now);
      return (await orderTickets(services, order.value)).map((ticket) => ({ ticket, event }));
    }),
  );
}

/** What one event or desk does not answer for is missing, not gone. */
async function together(parts: Promise<EventTicket[]>[]): Promise<Found> {
  const settled = await Promise.allSettled(parts);
  for (const part of settled) if (part.status === 'rejected') console.error('some tickets were not shown', part.reason);
  return {
    tickets: settled.flatMap((part) => (part.status === 'fulfilled' ? part.value : [])),
    isComplete: settled.every(({ status }) => status === 'fulfilled'),
  };
}

function isKept({ endsAtMs }: { readonly endsAtMs: EpochMs }, now: EpochMs): boolean {
  return endsAtMs > now - keptAfterMs;
}
