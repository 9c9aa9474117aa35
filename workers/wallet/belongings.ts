import type { SignedIn } from '#d1/queries/sessions.ts';
import { isGiven, ordersOf } from '#d1/queries/wallet.ts';
import { isEndState, orderEvents, type Order } from '#shared/orders/order.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { rememberReader } from '#workers/http/reader.ts';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { ordersNamed, ownTickets, type KnownTicket, type OwnTickets } from './own-tickets.ts';

/** Orders looked at for a wallet's reserved seats: nobody is in the middle of more. */
const openOrdersMax = 10;

export type Belongings = {
  readonly tickets: readonly KnownTicket[];
  /** Orders that have not ended: the seats in them are reserved. */
  readonly open: readonly Order[];
  /** Opened by this browser's cookies, newest first. */
  readonly guestOrders: readonly Order[];
  /** Of orders kept from others: their news is not under the owner's address. */
  readonly keptOrderIds: readonly string[];
  /** Something did not answer: there may be more. */
  readonly isPartial: boolean;
};

/** Everything the wallet's page shows: tickets, and seats that wait for their order. */
export async function belongingsOf(c: AppContext): Promise<Belongings> {
  const { person } = c.var;
  const [own, ordered] = await Promise.all([
    ownTickets(c),
    person === undefined ? { found: [], isComplete: true } : ownOpenOrders(c, person),
  ]);
  const keptOrderIds = person === undefined ? [] : await rememberOwn(c, person, own);
  const orders = [...ordered.found, ...own.readerOrders, ...own.guestOrders].filter(isOpen);
  return {
    tickets: own.tickets,
    open: [...new Map(orders.map((order) => [order.orderId, order])).values()],
    guestOrders: own.guestOrders,
    keptOrderIds,
    isPartial: !own.isComplete || !ordered.isComplete,
  };
}

/** Lets this browser look at them for an hour should the database fall silent. Answers which were kept from others. */
async function rememberOwn(c: AppContext, person: SignedIn, { rows }: OwnTickets): Promise<string[]> {
  if (rows === undefined) return [];
  const { customerId } = await ownerOf(c.var.services, person);
  // Only their own orders: a ticket that was given opens nothing of its giver's.
  const ofOrders = rows.filter(({ ticket }) => !isGiven(ticket));
  await rememberReader(c, { customerId, orderIds: ofOrders.map(({ ticket }) => ticket.orderId) });
  const kept = ofOrders.filter(({ ticket }) => ticket.customerId !== customerId);
  return [...new Set(kept.map(({ ticket }) => ticket.orderId))];
}

async function ownOpenOrders(c: AppContext, person: SignedIn): ReturnType<typeof ordersNamed> {
  const { services } = c.var;
  try {
    const owner = await ownerOf(services, person);
    const orders = await ordersOf(services.db, owner, { beforeMs: services.clock() + 1, limit: openOrdersMax });
    const unsettled = orders.filter(({ order }) => !isEndState(order.state as Order['state']));
    return await ordersNamed(
      services,
      unsettled.map(({ order }) => order.id),
    );
  } catch (error) {
    console.error('orders were not answered for', error);
    return { found: [], isComplete: false };
  }
}

/** Seats wait for it, and it may still become tickets. */
const reservedStates: ReadonlySet<Order['state']> = new Set([
  'held',
  'reserving',
  'securing',
  'firm',
  'authorised',
  'captured',
]);

/** One that only buys products or tops up a wallet reserves no seat. */
function isOpen({ state, snapshot }: Order): boolean {
  return reservedStates.has(state) && orderEvents(snapshot).length > 0;
}
