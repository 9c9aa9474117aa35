import { getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import type { Order } from '#shared/orders/order.ts';
import { hourMs, secondMs } from '#shared/time.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { AppContext } from './app-context.ts';
import { cookieOptions, readerCookie } from './session.ts';

const purpose = 'reader';
/**
 * How long tickets can be shown without the database. It bounds a theft too: a session that was revoked is unknown to
 * this cookie, and so is the key a session is locked to: whoever copied both cookies may see tickets for the rest of the
 * hour, and only while the database is silent.
 */
const readerTtlMs = hourMs;
const readerOrders = 20;

const readerSchema = v.object({
  customerId: v.optional(v.string()),
  orderIds: v.pipe(v.array(v.string()), v.maxLength(readerOrders)),
  expiresAtMs: v.number(),
});

/** What a signed-in person may look at, and nothing else, while the database does not answer. */
export type Reader = v.InferOutput<typeof readerSchema>;

/** Refreshed whenever the wallet is drawn. `orderIds`: newest first; pseudonyms and ids only (I10). */
export async function rememberReader(
  c: AppContext,
  about: { customerId: string | undefined; orderIds: readonly string[] },
): Promise<void> {
  const { settings, clock } = c.var.services;
  const orderIds = [...new Set(about.orderIds)].slice(0, readerOrders);
  const reader: Reader = { customerId: about.customerId, orderIds, expiresAtMs: clock() + readerTtlMs };
  const token = await signToken(settings.masterKey, purpose, reader);
  setCookie(c, readerCookie, token, { ...cookieOptions, maxAge: readerTtlMs / secondMs });
}

/** Believed only while the database is silent: when it answers, the session alone says who is here. */
export async function readReader(c: AppContext): Promise<Reader | undefined> {
  if (!c.var.isDatabaseSilent) return undefined;
  const { settings, clock } = c.var.services;
  const reader = await readToken(settings.masterKey, purpose, readerSchema, getCookie(c, readerCookie) ?? '');
  return reader !== undefined && reader.expiresAtMs > clock() ? reader : undefined;
}

export function readerKnows({ customerId, orderIds }: Reader, order: Order): boolean {
  if (orderIds.includes(order.orderId)) return true;
  return order.isForgotten !== true && customerId !== undefined && customerId === order.snapshot.customerId;
}
