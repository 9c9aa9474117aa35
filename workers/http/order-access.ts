import { getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import type { Order } from '#shared/orders/order.ts';
import { dayMs, secondMs } from '#shared/time.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { AppContext } from './app-context.ts';
import { cookieOptions } from './session.ts';

const cookieName = '__Host-orders';
const purpose = 'order-access';
const accessTtlMs = 180 * dayMs;
/** The newest orders a browser remembers: the cookie must stay well under four kilobytes. */
const rememberedOrders = 30;

const accessSchema = v.object({ orders: v.array(v.string()), expiresAtMs: v.number() });

/**
 * A guest's browser carries a signed list of the orders it may open. It is checked without any database, so tickets
 * can be shown when D1 cannot be reached.
 */
export async function rememberOrder(c: AppContext, orderId: string): Promise<void> {
  const { settings, clock } = c.var.services;
  const others = (await readOrders(c)).filter((other) => other !== orderId);
  const orders = [orderId, ...others].slice(0, rememberedOrders);
  const token = await signToken(settings.masterKey, purpose, { orders, expiresAtMs: clock() + accessTtlMs });
  setCookie(c, cookieName, token, { ...cookieOptions, maxAge: accessTtlMs / secondMs });
}

/** Orders this browser may open without signing in, newest first. */
export async function readOrders(c: AppContext): Promise<string[]> {
  const token = getCookie(c, cookieName);
  if (token === undefined) return [];
  const { settings, clock } = c.var.services;
  const access = await readToken(settings.masterKey, purpose, accessSchema, token);
  return access === undefined || access.expiresAtMs <= clock() ? [] : access.orders;
}

/** The browser that placed it, one that spent its link, or whoever proved to own its buyer's address. */
export async function mayOpenOrder(c: AppContext, order: Order): Promise<boolean> {
  if ((await readOrders(c)).includes(order.orderId)) return true;
  const { person, services } = c.var;
  if (person === undefined || person.email === '') return false;
  return (await customerIdOf(services.settings.masterKey, person.email)) === order.snapshot.customerId;
}
