import { env, exports } from 'cloudflare:workers';
import { openSession } from '#d1/queries/sessions.ts';
import { database } from '#d1/database.ts';
import { businesses, events, memberships, people } from '#d1/schema/index.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import type { Membership } from '#shared/access/permissions.ts';
import type { ShopRules } from '#shared/inventory/shop-rules.ts';
import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import { eventRules, ticketType } from '#test/support/rules.ts';
import type { Env } from '#workers/env.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { publishRules, publishShop } from '#workers/operations/publish-rules.ts';
import { pathTo } from '#workers/routes.ts';

/** The site as its visitors reach it: by HTTP alone, with real objects and a real database behind it. */

export const origin = 'https://expo.example';
const bindings = env as unknown as Env;
const db = database(bindings.DB);
const now = Date.now();

export async function visit(path: string, init: RequestInit = {}): Promise<Response> {
  const site = (exports as unknown as { default: Fetcher }).default;
  return site.fetch(new Request(new URL(path, origin), { redirect: 'manual', ...init }));
}

const redirectsMax = 3;

/** As `visit`, and on to where the visitor is sent. */
export async function arrive(path: string, init: RequestInit = {}): Promise<Response> {
  let response = await visit(path, init);
  for (let hops = 0; response.status === 303 && hops < redirectsMax; hops += 1) {
    const { headers } = init;
    response = await visit(response.headers.get('location') ?? '/', headers === undefined ? {} : { headers });
  }
  return response;
}

let published = 0;

/** An event on sale, with types made from `drafts`; its inventory is fresh, because objects outlive a test. */
export function publishEvent(...drafts: Partial<TicketType>[]) {
  return publishEventWith({}, ...drafts);
}

/** The same, and what else is out of the ordinary: of its rules, or of its row in the catalogue. */
export async function publishEventWith(
  { rules: ownRules, row }: { rules?: Partial<EventRules>; row?: Partial<typeof eventRow> },
  ...drafts: Partial<TicketType>[]
) {
  published += 1;
  const eventId = `evt_http_${published}`;
  const slug = `http-${published}`;
  const types = (drafts.length === 0 ? [{}] : drafts).map((draft) => ticketType(draft, now));
  const named = { eventId, eventNumber: 40 + published, businessId, ticketTypes: types };
  const rules = eventRules({ ...named, ...ownRules }, now);
  await db.insert(businesses).values(business).onConflictDoNothing();
  await db.insert(events).values({ ...eventRow, ...row, id: eventId, number: rules.eventNumber, slug });
  const inventory = inventoryOf(bindings.EVENT_INVENTORY, eventId);
  const answer = await publishRules(db, inventory, { eventId, document: rules, nowMs: now });
  if (!answer.ok) throw new Error(`The rules were refused: ${answer.failure.code}`);
  return {
    eventId,
    slug,
    left: async () => {
      const availability = await inventory.availability();
      return availability.ok ? availability.value.left : {};
    },
    /** Everything the event decided so far: what changed nothing leaves it as it was. */
    trail: async () => (await inventory.readLog(0)).entries,
  };
}

/** What the business of these events sells itself, as of now; its inventory is the business's own. */
export async function publishShopOf(document: Partial<ShopRules>): Promise<void> {
  await db.insert(businesses).values(business).onConflictDoNothing();
  const inventory = inventoryOf(bindings.EVENT_INVENTORY, businessId);
  const rules = { businessId, currency: 'GBP' as const, products: [], bundles: [], promos: [], ...document };
  const answer = await publishShop(db, inventory, { businessId, document: rules, nowMs: now });
  if (!answer.ok) throw new Error(`The shop was refused: ${answer.failure.code}`);
}

export const buyer = { name: 'Ama Buyer', email: 'ama@buyers.example' };

export type OrderBody = { event: string; lines: unknown; contact?: unknown };

export function orderRequest(body: OrderBody, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
    body: JSON.stringify({ contact: buyer, ...body }),
  };
}

export type Placed = { orderId: string; state: string; tickets: { ticketId: string; handle: string }[] };

export async function placeOrder(slug: string, quantity = 1, contact = buyer, more: object = {}) {
  const response = await visit(
    pathTo('apiOrders'),
    orderRequest({ event: slug, lines: [{ typeId: 'day', quantity }], contact, ...more }),
  );
  if (response.status !== 201) throw new Error(`The order was refused: ${await response.text()}`);
  return { order: await response.json<Placed>(), cookie: cookiesOf(response) };
}

export type ProblemBody = { type: string; title: string; status: number; detail: string; code: string };

/** The Cookie header a browser would send back. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/**
 * Headers of somebody signed in, as their browser sends them from our own pages. The browser has no key, so that staff
 * sessions are as those without scripts: an hour long, and nothing to be shown.
 */
export async function signedIn(...granted: Membership[]): Promise<Record<string, string>> {
  const personId = `per_${crypto.randomUUID()}`;
  const token = crypto.randomUUID();
  await db
    .insert(people)
    .values({ id: personId, email: `${personId}@staff.example`, name: 'Kofi Staff', createdAtMs: now });
  for (const membership of granted) await db.insert(memberships).values({ personId, ...membership, createdAtMs: now });
  const session = {
    tokenHash: await tokenHash(token),
    id: `ses_${token}`,
    personId,
    userAgent: '',
    method: 'link' as const,
    provedAtMs: now,
    createdAtMs: now,
    lastSeenAtMs: now,
    rotatedAtMs: now,
    expiresAtMs: now + (granted.length > 0 ? hourMs : dayMs),
  };
  await openSession(db, session);
  return { cookie: `__Host-session=${token}`, origin };
}

export const businessId = 'biz_http';

const business = {
  id: businessId,
  slug: 'http-makers',
  name: 'Makers of tests',
  tagline: 'We make tests.',
  story: 'A story.',
  category: 'Making',
  city: 'London',
  countryCode: 'GB',
  supportEmail: 'hello@http-makers.example',
  createdAtMs: now,
};

const eventRow = {
  businessId,
  title: '247GBS Expo',
  summary: 'A hall full of things.',
  description: 'Come and see.',
  category: 'Expo',
  venueName: 'The hall',
  venueAddress: '1 Hall Road',
  city: 'London',
  countryCode: 'GB',
  timeZone: 'Europe/London',
  currency: 'GBP',
  startsAtMs: now - dayMs,
  endsAtMs: now + dayMs,
  heroKey: 'events/http/hero.svg',
  posterKey: 'events/http/poster.svg',
  terms: [],
  rewards: [],
  status: 'published' as const,
  createdAtMs: now,
};
