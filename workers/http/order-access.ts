import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { claimantOf, isTakenAlong } from '#d1/queries/claims.ts';
import type { Order } from '#shared/orders/order.ts';
import { dayMs, secondMs } from '#shared/time.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { AppContext } from './app-context.ts';
import { readerKnows, readReader } from './reader.ts';
import { cookieOptions } from './session.ts';

const cookiePrefix = '__Host-order-';
const purpose = 'order-access';
const accessTtlMs = 180 * dayMs;
/** The newest orders a browser remembers: together their cookies must fit a request's headers. */
const rememberedOrders = 20;

const accessSchema = v.object({
  orderId: v.string(),
  expiresAtMs: v.number(),
  /** Who is given it: sees the tickets, and the price only if the giver shows it. */
  as: v.optional(v.literal('recipient')),
});
type Access = v.InferOutput<typeof accessSchema>;

/**
 * A guest's browser carries a signed cookie for each order it may open: checked without any database, so that tickets
 * can be shown when D1 cannot be reached, and one cookie an order, so that two tabs ordering at once lose nothing.
 */
export async function rememberOrder(c: AppContext, orderId: string, as?: Access['as']): Promise<void> {
  const { settings, clock } = c.var.services;
  const access: Access = { orderId, expiresAtMs: clock() + accessTtlMs, ...(as !== undefined && { as }) };
  const token = await signToken(settings.masterKey, purpose, access);
  setCookie(c, cookieOf(orderId), token, { ...cookieOptions, maxAge: accessTtlMs / secondMs });
  const others = (await readOrders(c)).filter((other) => other !== orderId);
  for (const old of others.slice(rememberedOrders - 1)) deleteCookie(c, cookieOf(old), cookieOptions);
}

/** Orders this browser may open without signing in, newest first. */
export async function readOrders(c: AppContext): Promise<string[]> {
  const cookies = Object.entries(getCookie(c)).filter(([name]) => name.startsWith(cookiePrefix));
  const orders = await Promise.all(cookies.map(([, token]) => readAccess(c, token)));
  return orders.flatMap((access) => access?.orderId ?? []).toSorted((a, b) => timePart(b).localeCompare(timePart(a)));
}

/**
 * The browser that placed it, one that spent its link, whoever proved to own its buyer's address, or whoever keeps it in
 * their account. The database is asked last, and only for somebody signed in: guests never wait for it.
 */
export async function mayOpenOrder(c: AppContext, order: Order): Promise<boolean> {
  if (await holdsOrder(c, order.orderId)) return true;
  return (await boughtByViewer(c, order)) || (await claimedByViewer(c, order.orderId));
}

/** As above, and while the database is silent by the reader's cookie too: to look at, never to pay or change. */
export async function mayLookAtOrder(c: AppContext, order: Order): Promise<boolean> {
  if (await mayOpenOrder(c, order)) return true;
  const reader = await readReader(c);
  return reader !== undefined && readerKnows(reader, order);
}

/** This browser carries the order's signed cookie. */
export async function holdsOrder(c: AppContext, orderId: string): Promise<boolean> {
  const token = getCookie(c, cookieOf(orderId));
  return token !== undefined && (await readAccess(c, token))?.orderId === orderId;
}

/** Who has the address now need not be who had it then: what its last owner took along, or erased, is not shown. */
export async function boughtByViewer(c: AppContext, { orderId, isForgotten, snapshot }: Order): Promise<boolean> {
  const { person, services } = c.var;
  if (isForgotten === true || person === undefined || person.email === '') return false;
  const { customerId } = snapshot;
  if ((await customerIdOf(services.settings.masterKey, person.email)) !== customerId) return false;
  try {
    return !(await isTakenAlong(services.db, { id: orderId, customerId }, person.personId));
  } catch (error) {
    console.error('claims did not answer', error);
    // As with the session itself: who was confirmed minutes ago goes on.
    return true;
  }
}

export async function claimedByViewer(c: AppContext, orderId: string): Promise<boolean> {
  const { person, services } = c.var;
  if (person === undefined) return false;
  try {
    return (await claimantOf(services.db, orderId)) === person.personId;
  } catch (error) {
    console.error('claims did not answer', error);
    c.set('isDatabaseSilent', true);
    return false;
  }
}

/** Takes the order's cookie from this browser. */
export function forgetOrder(c: AppContext, orderId: string): void {
  deleteCookie(c, cookieOf(orderId), cookieOptions);
}

/**
 * A gift looked at by who is given it. Its buyer is whoever placed it in this browser or proved its address; everybody else
 * who may open it, came by the gift's own link.
 */
export async function isGivenTo(c: AppContext, order: Order): Promise<boolean> {
  if (order.snapshot.gift === undefined) return false;
  const token = getCookie(c, cookieOf(order.orderId));
  const access = token === undefined ? undefined : await readAccess(c, token);
  if (access?.orderId === order.orderId && access.as === undefined) return false;
  return !(await boughtByViewer(c, order));
}

async function readAccess(c: AppContext, token: string): Promise<Access | undefined> {
  const { settings, clock } = c.var.services;
  const access = await readToken(settings.masterKey, purpose, accessSchema, token);
  return access !== undefined && access.expiresAtMs > clock() ? access : undefined;
}

/** The end of an order's id is random, so that no two of a browser's orders share a cookie. */
function cookieOf(orderId: string): string {
  return `${cookiePrefix}${orderId.slice(-10)}`;
}

/** Ids sort by time behind the desk's name. */
function timePart(orderId: string): string {
  return orderId.slice(orderId.lastIndexOf('_'));
}
