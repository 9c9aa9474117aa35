import { and, eq, inArray } from 'drizzle-orm';
import type { Miniflare } from 'miniflare';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { type Database, database } from '#d1/database.ts';
import { eventRulesVersions } from '#d1/schema/index.ts';
import { type EventInventoryNamespace, inventoryOf } from '#objects/event-inventory/client.ts';
import { type EventRules, eventRulesSchema } from '#shared/inventory/rules.ts';
import { shopRulesSchema } from '#shared/inventory/shop-rules.ts';
import type { EpochMs } from '#shared/time.ts';
import { publishRules, publishShop } from '#workers/operations/publish-rules.ts';
import { pathTo } from '#workers/routes.ts';
import { writeCatalogue } from './catalogue.ts';
import { entryLinkRows, thanksLinkCode } from './content/entry-links.ts';
import { alwaysOpenEventId, anchorOf, type SeedContent, seedContent } from './content/index.ts';
import { demoPeople } from './content/people.ts';
import { demoCodes } from './content/shops/index.ts';
import { pictures } from './pictures/index.ts';

const svg = { contentType: 'image/svg+xml', cacheControl: 'public, max-age=300' };

type SeedOptions = { readonly now: EpochMs; readonly origin: string };

/**
 * Fills a local system with a real expo, dated around today. On a day already seeded it writes nothing. On a later day
 * it moves every date, so that one event is open for entry again; orders and tickets stay as they are.
 */
export async function seed(mf: Miniflare, options: SeedOptions): Promise<{ seeded: boolean; summary: string[] }> {
  const db = database(await mf.getD1Database('DB'));
  const content = seedContent(anchorOf(options.now));
  const inForce = await rulesInForce(db, content);
  if (isDatedToday(content, inForce)) return { seeded: false, summary: summaryOf(content, options.origin) };

  await Promise.all([writeCatalogue(db, content), storePictures(mf)]);
  const closed = await openShops(mf, db, content, options.now);
  // Last, because rules in force with today's dates are what tells the next run that all of this is done.
  const refused = await publishChanged(mf, db, content, inForce, options.now);
  await grantByLinks(mf, content);
  return { seeded: true, summary: [...summaryOf(content, options.origin), ...closed, ...refused] };
}

async function rulesInForce(db: Database, { events }: SeedContent): Promise<Map<string, EventRules>> {
  const rows = await db
    .select({ eventId: eventRulesVersions.eventId, document: eventRulesVersions.document })
    .from(eventRulesVersions)
    .where(
      and(
        eq(eventRulesVersions.status, 'in_force'),
        inArray(
          eventRulesVersions.eventId,
          events.map(({ event }) => event.id),
        ),
      ),
    );
  return new Map(rows.map((row) => [row.eventId, v.parse(eventRulesSchema, JSON.parse(row.document))]));
}

/** Dates alone are compared, so that a price edited in the studio survives the day's restarts. */
function isDatedToday({ events }: SeedContent, inForce: ReadonlyMap<string, EventRules>): boolean {
  return events.every(({ rules }) => inForce.get(rules.eventId)?.startsAt === rules.startsAt);
}

/** Only those that changed: a day's reseeding should not rewrite the whole bucket. */
async function storePictures(mf: Miniflare): Promise<void> {
  const media = await mf.getR2Bucket('MEDIA');
  const { objects } = await media.list();
  const stored = new Map(objects.map(({ key, etag }) => [key, etag]));
  const changed = pictures().filter(
    ({ key, text }) => stored.get(key) !== createHash('md5').update(text).digest('hex'),
  );
  await Promise.all(changed.map(({ key, text }) => media.put(key, text, { httpMetadata: svg })));
}

/** Publishes the documents that differ from those in force; returns a line for each that was refused. */
async function publishChanged(
  mf: Miniflare,
  db: Database,
  { events }: SeedContent,
  inForce: ReadonlyMap<string, EventRules>,
  nowMs: EpochMs,
): Promise<string[]> {
  const inventory = (await mf.getDurableObjectNamespace('EVENT_INVENTORY')) as unknown as EventInventoryNamespace;
  const answers = await Promise.all(
    events.map(async ({ rules }) => {
      const document = v.parse(eventRulesSchema, rules);
      if (isDeepStrictEqual(document, inForce.get(rules.eventId))) return [];
      const published = await publishRules(db, inventoryOf(inventory, rules.eventId), {
        eventId: rules.eventId,
        document,
        nowMs,
      });
      return published.ok ? [] : [`${rules.title} keeps its earlier rules: ${published.failure.code}`];
    }),
  );
  return answers.flat();
}

/** What organisers sell beside tickets; returns a line for each that was refused. */
async function openShops(mf: Miniflare, db: Database, { shops }: SeedContent, nowMs: EpochMs): Promise<string[]> {
  const inventory = (await mf.getDurableObjectNamespace('EVENT_INVENTORY')) as unknown as EventInventoryNamespace;
  const answers = await Promise.all(
    shops.map(async (rules) => {
      const { businessId } = rules;
      const document = v.parse(shopRulesSchema, rules);
      const published = await publishShop(db, inventoryOf(inventory, businessId), { businessId, document, nowMs });
      return published.ok ? [] : [`${businessId} keeps its earlier shop: ${published.failure.code}`];
    }),
  );
  return answers.flat();
}

/** What links open is the inventory's to know: until the type's sale ends, which moved with the dates. */
async function grantByLinks(mf: Miniflare, { events }: SeedContent): Promise<void> {
  const inventory = (await mf.getDurableObjectNamespace('EVENT_INVENTORY')) as unknown as EventInventoryNamespace;
  const links = entryLinkRows(0);
  await Promise.all(
    events.map(async ({ rules }) => {
      const grants = links.flatMap(({ code, eventId, opensTypeId, opensCount }) => {
        const type = rules.ticketTypes.find(({ id }) => eventId === rules.eventId && id === opensTypeId);
        if (type === undefined || opensCount == null) return [];
        return [{ entitlementId: code, typeId: type.id, granted: opensCount, endsAtMs: type.sale.until }];
      });
      if (grants.length > 0) await inventoryOf(inventory, rules.eventId).grantEntitlements(grants);
    }),
  );
}

function summaryOf({ events }: SeedContent, origin: string): string[] {
  const open = events.find(({ event }) => event.id === alwaysOpenEventId);
  const page = (slug: string): string => new URL(pathTo('event', { slug }), origin).href;
  return [
    ...(open ? [`Open for entry now: ${open.event.title}, ${page(open.event.slug)}`] : []),
    `By link only: A neighbour’s thanks, ${new URL(pathTo('goLink', { code: thanksLinkCode }), origin).href}`,
    ...events
      .filter(({ event }) => event.id !== alwaysOpenEventId)
      .map(({ event }) => `${event.title}, ${event.city}: ${page(event.slug)}`),
    `Promo codes: ${demoCodes()
      .map(({ code, name }) => `${code} (${name})`)
      .join(', ')}`,
    ...demoPeople.map(({ name, email, purpose }) => `${name} <${email}>: ${purpose}`),
  ];
}
