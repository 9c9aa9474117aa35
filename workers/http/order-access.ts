import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import type { Order } from '#shared/orders/order.ts';
import { dayMs, secondMs } from '#shared/time.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { AppContext } from './app-context.ts';
import { cookieOptions } from './session.ts';

const cookiePrefix = '__Host-order-';
const purpose = 'order-access';
const accessTtlMs = 180 * dayMs;
/** The newest orders a browser remembers: together their cookies must fit a request's headers. */
const rememberedOrders = 20;

const accessSchema = v.object({ orderId: v.string(), expiresAtMs: v.number() });

/**
 * A guest's browser carries a signed cookie for each order it may open: checked without any database, so that tickets
 * can be shown when D1 cannot be reached, and one cookie an order, so that two tabs ordering at once lose nothing.
 */
export async function rememberOrder(c: AppContext, orderId: string): Promise<void> {
  const { settings, clock } = c.var.services;
  const token = await signToken(settings.masterKey, purpose, { orderId, expiresAtMs: clock() + accessTtlMs });
  setCookie(c, cookieOf(orderId), token, { ...cookieOptions, maxAge: accessTtlMs / secondMs });
  const others = (await readOrders(c)).filter((other) => other !== orderId);
  for (const old of others.slice(rememberedOrders - 1)) deleteCookie(c, cookieOf(old), cookieOptions);
}

/** Orders this browser may open without signing in, newest first. */
export async function readOrders(c: AppContext): Promise<string[]> {
  const cookies = Object.entries(getCookie(c)).filter(([name]) => name.startsWith(cookiePrefix));
  const orders = await Promise.all(cookies.map(([, token]) => readAccess(c, token)));
  return orders.flatMap((orderId) => orderId ?? []).toSorted((a, b) => timePart(b).localeCompare(timePart(a)));
}

/** The browser that placed it, one that spent its link, or whoever proved to own its buyer's address. */
export async function mayOpenOrder(c: AppContext, order: Order): Promise<boolean> {
  const token = getCookie(c, cookieOf(order.orderId));
  if (token !== undefined && (await readAccess(c, token)) === order.orderId) return true;
  const { person, services } = c.var;
  if (person === undefined || person.email === '') return false;
  return (await customerIdOf(services.settings.masterKey, person.email)) === order.snapshot.customerId;
}

async function readAccess(c: AppContext, token: string): Promise<string | undefined> {
  const { settings, clock } = c.var.services;
  const access = await readToken(settings.masterKey, purpose, accessSchema, token);
  return access !== undefined && access.expiresAtMs > clock() ? access.orderId : undefined;
}

/** The end of an order's id is random, so that no two of a browser's orders share a cookie. */
function cookieOf(orderId: string): string {
  return `${cookiePrefix}${orderId.slice(-10)}`;
}

/** Ids sort by time behind the desk's name. */
function timePart(orderId: string): string {
  return orderId.slice(orderId.lastIndexOf('_'));
}
