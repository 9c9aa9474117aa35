import * as v from 'valibot';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { dayMs } from '#shared/time.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';

const purpose = 'order-link';
const linkTtlMs = 60 * dayMs;
const linkSchema = v.object({
  orderId: v.string(),
  nonce: v.string(),
  expiresAtMs: v.number(),
  /** Sent to who is given it, and opens the order as theirs. */
  as: v.optional(v.literal('recipient')),
});
type OrderLink = v.InferOutput<typeof linkSchema>;

/** A link for a mail: opens one order, once, by a POST, because mail scanners open every link they see. */
export async function orderLink(services: Services, orderId: string, as?: OrderLink['as']): Promise<string> {
  const nonce = encodeBase32(services.randomBytes(10));
  const expiresAtMs = services.clock() + linkTtlMs;
  const link: OrderLink = { orderId, nonce, expiresAtMs, ...(as !== undefined && { as }) };
  const token = await signToken(services.settings.masterKey, purpose, link);
  return `${services.settings.publicOrigin}${pathTo('orderLink')}?t=${token}`;
}

/** The order a link names, if we made the link and it is fresh. Changes nothing. */
export async function readOrderLink(services: Services, token: string): Promise<Result<OrderLink, 'link_expired'>> {
  const link = await readToken(services.settings.masterKey, purpose, linkSchema, token);
  return link === undefined || link.expiresAtMs <= services.clock() ? fail('link_expired') : ok(link);
}

export async function spendOrderLink(services: Services, token: string): Promise<Result<OrderLink>> {
  const link = await readOrderLink(services, token);
  if (!link.ok) return link;
  const { orderId, nonce } = link.value;
  const spent = (await services.deskOf(orderId)?.spendLink(orderId, nonce)) ?? fail('order_unknown');
  return spent.ok ? link : spent;
}
