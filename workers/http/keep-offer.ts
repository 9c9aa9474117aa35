import { getCookie, setCookie } from 'hono/cookie';
import { claimantOf } from '#d1/queries/claims.ts';
import type { Contact, Order } from '#shared/orders/order.ts';
import { dayMs, secondMs } from '#shared/time.ts';
import type { KeepView } from '#workers/ui/views.ts';
import type { AppContext } from './app-context.ts';
import { boughtByViewer, holdsOrder, readOrders } from './order-access.ts';
import { cookieOptions } from './session.ts';

const cookieName = '__Host-not-now';
const rememberedDays = 180;
/** As many as a browser remembers orders: together they stay a short cookie. */
const rememberedRefusals = 20;
const tailLength = 10;
const tailShape = /^[0-9A-Z]{10}$/;
/** Names a code that was sent; it counts only in the browser that had it sent. */
const challengeShape = /^chl_[0-9A-Z]{20,40}$/;

/**
 * Whether to offer keeping an order in an account, and how. Guests are asked where their tickets stand and nowhere else;
 * no database is read for them. Who is signed in may add an order that came to them by its link.
 */
export async function keepOffer(
  c: AppContext,
  order: Order,
  contact: Contact | undefined,
): Promise<KeepView | undefined> {
  const { orderId } = order;
  if (order.state !== 'completed' || order.isForgotten === true) return undefined;
  if (c.var.person !== undefined) return (await mayAdd(c, order)) ? { step: 'add', orderId } : undefined;
  if (contact === undefined || refusals(c).includes(tailOf(orderId))) return undefined;
  if (!(await holdsOrder(c, orderId))) return undefined;
  const { email } = contact;
  const challengeId = c.req.query('keep');
  if (challengeId !== undefined && challengeShape.test(challengeId)) {
    return { step: 'code', orderId, email, challengeId, isWrong: c.req.query('wrong') !== undefined };
  }
  const others = (await readOrders(c)).filter((other) => other !== orderId).length;
  return { step: 'offer', orderId, email, others };
}

async function mayAdd(c: AppContext, order: Order): Promise<boolean> {
  if ((await boughtByViewer(c, order)) || !(await holdsOrder(c, order.orderId))) return false;
  try {
    return (await claimantOf(c.var.services.db, order.orderId)) === undefined;
  } catch (error) {
    console.error('claims did not answer', error);
    return false;
  }
}

/** Not now, for this order: it is not offered again. Unsigned, because all it can do is hide an offer. */
export function declineKeeping(c: AppContext, orderId: string): void {
  const declined = [tailOf(orderId), ...refusals(c).filter((tail) => tail !== tailOf(orderId))];
  const value = declined.slice(0, rememberedRefusals).join('.');
  setCookie(c, cookieName, value, { ...cookieOptions, maxAge: (rememberedDays * dayMs) / secondMs });
}

function refusals(c: AppContext): string[] {
  return (getCookie(c, cookieName) ?? '').split('.').filter((tail) => tailShape.test(tail));
}

/** The end of an order's id is random. */
function tailOf(orderId: string): string {
  return orderId.slice(-tailLength);
}
