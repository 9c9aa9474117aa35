import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { placeOfTicket, ticketClaimantOf } from '#d1/queries/ticket-transfers.ts';
import type { Order } from '#shared/orders/order.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import { dayMs, secondMs } from '#shared/time.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { AppContext } from './app-context.ts';
import { mayOpenOrder, readOrders } from './order-access.ts';
import { cookieOptions } from './session.ts';

const cookiePrefix = '__Host-ticket-';
const purpose = 'ticket-access';
const accessTtlMs = 180 * dayMs;
/** Beside the cookies of orders, they must fit a request's headers. */
const rememberedTickets = 12;

const accessSchema = v.object({
  ticketId: v.string(),
  eventId: v.string(),
  customerId: v.string(),
  expiresAtMs: v.number(),
});

/** A ticket as a browser may hold it: it is worth nothing once the ticket is another customer's. */
export type HeldByCookie = v.InferOutput<typeof accessSchema>;
type Whose = { readonly ticketId: string; readonly customerId: string };

/**
 * Whoever accepted a ticket carries a signed cookie for that one ticket. It names the customer they are to the event, so that it
 * ends by itself when the ticket goes on to somebody else; and it opens nothing of the order the ticket came from.
 */
export async function rememberTicket(c: AppContext, ticket: Omit<HeldByCookie, 'expiresAtMs'>): Promise<void> {
  const { settings, clock } = c.var.services;
  const held: HeldByCookie = { ...ticket, expiresAtMs: clock() + accessTtlMs };
  const token = await signToken(settings.masterKey, purpose, held);
  setCookie(c, cookieOf(ticket.ticketId), token, { ...cookieOptions, maxAge: accessTtlMs / secondMs });
  const others = (await readTickets(c)).filter(({ ticketId }) => ticketId !== ticket.ticketId);
  for (const old of others.slice(rememberedTickets - 1)) deleteCookie(c, cookieOf(old.ticketId), cookieOptions);
}

/** Tickets this browser was given, the last one first. */
export async function readTickets(c: AppContext): Promise<HeldByCookie[]> {
  const cookies = Object.entries(getCookie(c)).filter(([name]) => name.startsWith(cookiePrefix));
  const held = await Promise.all(cookies.map(([, token]) => readAccess(c, token)));
  return held.flatMap((ticket) => ticket ?? []).toSorted((one, other) => other.expiresAtMs - one.expiresAtMs);
}

/** Takes the tickets' cookies from this browser. */
export function forgetTicket(c: AppContext, ticketId: string): void {
  deleteCookie(c, cookieOf(ticketId), cookieOptions);
}

/**
 * Whether the visitor holds a ticket now: by this browser's cookie, as its buyer while it is still theirs, or because it is kept
 * in their account. The giver of a ticket is nobody to it from the moment it was accepted.
 */
export async function mayHoldTicket(c: AppContext, ticket: Whose, order: Order): Promise<boolean> {
  if (await holdsTicket(c, ticket)) return true;
  if (isWithBuyer(ticket, order)) return mayOpenOrder(c, order);
  return keptByViewer(c, ticket);
}

/** This browser carries the ticket's signed cookie, and the ticket is still its customer's. */
export async function holdsTicket(c: AppContext, { ticketId, customerId }: Whose): Promise<boolean> {
  const held = await readAccess(c, getCookie(c, cookieOf(ticketId)) ?? '');
  return held?.ticketId === ticketId && held.customerId === customerId;
}

/** A claim decides where there is one: the address it was sent to may be another person's by now. */
async function keptByViewer(c: AppContext, ticket: Whose): Promise<boolean> {
  const { person, services } = c.var;
  if (person === undefined) return false;
  try {
    const claimant = await ticketClaimantOf(services.db, ticket);
    if (claimant !== undefined) return claimant === person.personId;
  } catch (error) {
    console.error('claims did not answer', error);
    c.set('isDatabaseSilent', true);
    return false;
  }
  return person.email !== '' && (await customerIdOf(services.settings.masterKey, person.email)) === ticket.customerId;
}

/**
 * Whether there is such a ticket at such an event. Asked before the event's object is: any name would make one, and addresses
 * are typed by anybody. Guests' own cookies answer where the read model is behind or silent.
 */
export async function isTicketOf(c: AppContext, { eventId, ticketId }: { eventId: string; ticketId: string }) {
  const held = await readAccess(c, getCookie(c, cookieOf(ticketId)) ?? '');
  if (held?.ticketId === ticketId) return held.eventId === eventId;
  const place = await placeOfTicket(c.var.services.db, ticketId).catch((error: unknown) => {
    console.error('the place of a ticket was not answered for', error);
    return undefined;
  });
  if (place !== undefined) return place.eventId === eventId;
  for (const orderId of await readOrders(c)) if (await isInOrder(c, orderId, { eventId, ticketId })) return true;
  return false;
}

async function isInOrder(c: AppContext, orderId: string, { eventId, ticketId }: { eventId: string; ticketId: string }) {
  const order = await c.var.services.deskOf(orderId)?.show(orderId);
  if (order?.ok !== true) return false;
  return order.value.tickets.some((ticket) => ticket.ticketId === ticketId && ticket.eventId === eventId);
}

async function readAccess(c: AppContext, token: string): Promise<HeldByCookie | undefined> {
  const { settings, clock } = c.var.services;
  const held = await readToken(settings.masterKey, purpose, accessSchema, token);
  return held !== undefined && held.expiresAtMs > clock() ? held : undefined;
}

/** Ticket ids are random to the last digit. */
function cookieOf(ticketId: string): string {
  return `${cookiePrefix}${ticketId.slice(-13).replaceAll(/\W/g, '')}`;
}
