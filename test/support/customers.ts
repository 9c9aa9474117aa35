import { eq } from 'drizzle-orm';
import { people, sessions } from '#d1/schema/index.ts';
import type { Membership } from '#shared/access/permissions.ts';
import { deskOf } from '#shared/ids.ts';
import { project } from '#workers/operations/project-log.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { servicesOf } from '#workers/services.ts';
import { placeOrder, publishEvent, signedIn } from '#test/workers/http/site.ts';
import { environment } from './environment.ts';
import { projectionServices } from './read-models.ts';

const { services } = projectionServices();
export const { db } = servicesOf({ ...environment });

export type Customer = { readonly personId: string; readonly email: string; readonly headers: Record<string, string> };

/** Somebody with an account and a session, and an address nobody else has. */
export async function customer(
  row: Partial<typeof people.$inferInsert> = {},
  ...granted: Membership[]
): Promise<Customer> {
  const headers = await signedIn(...granted);
  const token = /__Host-session=([^;]+)/.exec(headers['cookie'] ?? '')?.[1] ?? '';
  const [session] = await db
    .select({ personId: sessions.personId })
    .from(sessions)
    .where(eq(sessions.tokenHash, await tokenHash(token)));
  if (session === undefined) throw new Error('Signed in without a session');
  const { personId } = session;
  const email = row.email ?? `${crypto.randomUUID()}@customers.example`;
  await db
    .update(people)
    .set({ name: null, ...row, email })
    .where(eq(people.id, personId));
  return { personId, email, headers };
}

/** What a browser with a session and these orders' cookies sends. */
export function withCookies(one: Customer, ...cookies: string[]): Record<string, string> {
  return { ...one.headers, cookie: [one.headers['cookie'], ...cookies].join('; ') };
}

export type Bought = Awaited<ReturnType<typeof buy>>;

/** A free order of an event of its own, bought as a guest, and read into D1. */
export async function buy(email: string, quantity = 1, name = 'Ama Buyer') {
  const event = await publishEvent();
  const { order, cookie } = await placeOrder(event.slug, quantity, { name, email });
  await readIntoD1(order.orderId, event.eventId);
  return { ...order, cookie, slug: event.slug, eventId: event.eventId };
}

/** What the doorbell brings about in a moment. Where it was faster, the cursor refuses the repeat: then the rows are there. */
export async function readIntoD1(orderId: string, eventId: string): Promise<void> {
  for (const source of [`desk:${deskOf(orderId)}`, `inventory:${eventId}`]) {
    await project(services, source).catch(() => project(services, source));
  }
}
