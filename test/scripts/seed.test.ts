import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyMigrations } from '#scripts/local-server.ts';
import { dayAfter, zonedTime } from '#scripts/seed/content/calendar.ts';
import { alwaysOpenEventId, anchorOf, type SeedContent, seedContent } from '#scripts/seed/content/index.ts';
import { demoPeople, organiserIds } from '#scripts/seed/content/people.ts';
import type { EventSeed } from '#scripts/seed/content/shapes.ts';
import { pictures } from '#scripts/seed/pictures/index.ts';
import { seed } from '#scripts/seed/seed.ts';
import { checkReferences } from '#shared/inventory/rules-change.ts';
import { eventRulesSchema, ticketCategories, type TicketType } from '#shared/inventory/rules.ts';
import { type Currency, currencies } from '#shared/money/money.ts';
import { dayMs, hourMs, minuteMs } from '#shared/time.ts';

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** An ordinary day, both changes of London's clocks with their neighbours, year ends, a leap day. */
const anchors = [
  '2026-11-22',
  '2026-03-28',
  '2026-03-29',
  '2026-03-30',
  '2026-10-24',
  '2026-10-25',
  '2026-10-26',
  '2026-12-31',
  '2027-01-01',
  '2028-02-29',
].map(utc);

const today = seedContent(utc('2026-11-22'));

describe('clocks', () => {
  it.each([
    ['2026-01-15', '09:30', 'Europe/London', '2026-01-15T09:30:00Z'],
    ['2026-07-15', '09:30', 'Europe/London', '2026-07-15T08:30:00Z'],
    ['2026-07-15', '00:00', 'Africa/Lagos', '2026-07-14T23:00:00Z'],
    ['2026-07-15', '23:59', 'Africa/Nairobi', '2026-07-15T20:59:00Z'],
    ['2026-03-29', '00:30', 'Europe/London', '2026-03-29T00:30:00Z'],
    ['2026-03-29', '02:00', 'Europe/London', '2026-03-29T01:00:00Z'],
    ['2026-10-25', '03:00', 'Europe/London', '2026-10-25T03:00:00Z'],
  ])('%s %s in %s is %s', (day, clock, timeZone, instant) => {
    expect(zonedTime(day, clock, timeZone)).toBe(Date.parse(instant));
  });

  it('takes the first of two half past ones, and moves on from the half past one that never was', () => {
    expect(zonedTime('2026-10-25', '01:30', 'Europe/London')).toBe(Date.parse('2026-10-25T00:30:00Z'));
    expect(zonedTime('2026-03-29', '01:30', 'Europe/London')).toBe(Date.parse('2026-03-29T01:30:00Z'));
  });

  it('crosses months and years', () => {
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
    expect(dayAfter('2028-02-28', 1)).toBe('2028-02-29');
  });
});

function rulesOf(content: SeedContent): EventSeed['rules'][] {
  return content.events.map(({ rules }) => rules);
}

describe('rules documents', () => {
  it.each(anchors)('are valid and whole for the day at %i', (anchor) => {
    for (const rules of rulesOf(seedContent(anchor))) {
      expect(v.safeParse(eventRulesSchema, rules).issues).toBeUndefined();
      expect(checkReferences(rules)).toMatchObject({ ok: true });
    }
  });

  it('say the same as the event they belong to', () => {
    for (const { event, rules } of today.events) {
      expect(rules).toMatchObject({
        eventId: event.id,
        eventNumber: event.number,
        businessId: event.businessId,
        title: event.title,
        timeZone: event.timeZone,
        currency: event.currency,
        startsAt: event.startsAtMs,
        endsAt: event.endsAtMs,
      });
    }
  });

  it('use every pool, and open every zone at some gate to some ticket', () => {
    for (const rules of rulesOf(today)) {
      const zones = rules.zones.map(({ id }) => id);
      expect(new Set(rules.ticketTypes.flatMap((type) => type.pools))).toEqual(
        new Set(rules.pools.map(({ id }) => id)),
      );
      expect(new Set(rules.gates.flatMap((gate) => gate.zones))).toEqual(new Set(zones));
      expect(new Set(rules.ticketTypes.flatMap((type) => type.zones))).toEqual(new Set(zones));
    }
  });

  it('sell something of every category and in every currency', () => {
    const categories = new Set(rulesOf(today).flatMap((rules) => rules.ticketTypes.map(({ category }) => category)));
    expect(categories).toEqual(new Set(ticketCategories));
    expect(new Set(rulesOf(today).map(({ currency }) => currency))).toEqual(new Set(currencies));
  });
});

const isFree = (type: TicketType): boolean => type.category === 'free' || type.category === 'reward';

/** What a person might pay to come in, in whole units of the currency: wide, but a slipped zero falls outside. */
const plausible: Readonly<Record<Currency, readonly [low: number, high: number]>> = {
  GBP: [3, 150],
  NGN: [5_000, 150_000],
  GHS: [20, 1_000],
  KES: [500, 20_000],
};

describe('prices', () => {
  it('are nothing for free and reward tickets, and plausible a head for the others', () => {
    const surprising: string[] = [];
    for (const rules of rulesOf(today)) {
      const [low, high] = plausible[rules.currency];
      for (const type of rules.ticketTypes) {
        const perHead = type.priceMinor / 100 / type.admits;
        const isPlausible = isFree(type) ? perHead === 0 : perHead >= low && perHead <= high;
        if (!isPlausible) surprising.push(`${type.id}: ${perHead} ${rules.currency}`);
        const isDearer = type.compareAtMinor === undefined || type.compareAtMinor > type.priceMinor;
        if (!isDearer) surprising.push(`${type.id}: no discount`);
      }
    }
    expect(surprising).toEqual([]);
  });
});

describe('references', () => {
  const businessIds = new Set(today.businesses.map(({ id }) => id));
  const products = new Map(today.products.map((product) => [product.id, product]));

  it('lead to businesses', () => {
    const named = [
      ...today.products.map(({ businessId }) => businessId),
      ...today.events.flatMap(({ event, exhibitors }) => [event.businessId, ...exhibitors.map((e) => e.businessId)]),
      ...organiserIds,
    ];
    expect(named.filter((id) => !businessIds.has(id))).toEqual([]);
    expect(new Set(today.events.map(({ event }) => event.businessId))).toEqual(new Set(organiserIds));
  });

  it('lead from benefits to products of the same organiser and currency', () => {
    for (const rules of rulesOf(today)) {
      for (const { productId } of rules.ticketTypes.flatMap((type) => type.benefits)) {
        expect(products.get(productId ?? '')).toMatchObject({ businessId: rules.businessId, currency: rules.currency });
      }
    }
  });

  it('lead from the programme to ticket types, within the event and its opening hours', () => {
    for (const { event, rules, programme } of today.events) {
      const types = new Set(rules.ticketTypes.map(({ id }) => id));
      const astray = programme.filter(
        (item) =>
          item.endsAtMs <= item.startsAtMs ||
          item.startsAtMs < event.startsAtMs - 2 * hourMs ||
          item.endsAtMs > event.endsAtMs + hourMs ||
          (item.ticketTypeId != null && !types.has(item.ticketTypeId)),
      );
      expect(astray.map(({ title }) => title)).toEqual([]);
    }
  });

  it('repeat no id, slug, number or address', () => {
    const unique = (values: readonly unknown[]): void => expect(new Set(values).size).toBe(values.length);
    const { businesses, events } = today;
    unique([
      ...[...businesses, ...today.products, ...demoPeople].map(({ id }) => id),
      ...events.flatMap(({ event, programme, reviews }) => [event, ...programme, ...reviews].map(({ id }) => id)),
    ]);
    unique(businesses.map(({ slug }) => slug));
    unique(today.products.map(({ slug }) => slug));
    unique(events.map(({ event }) => event.slug));
    unique(events.map(({ event }) => event.number));
    unique(demoPeople.map(({ email }) => email));
  });
});

describe('an expo worth visiting', () => {
  const expo = today.events.find(({ event }) => event.slug === '247gbs-expo');

  it('has at least 14 exhibitors with a story and something to sell, and at least 25 programme items', () => {
    const selling = new Set(today.products.map(({ businessId }) => businessId));
    expect(expo?.exhibitors.filter(({ businessId }) => selling.has(businessId)).length).toBeGreaterThanOrEqual(14);
    expect(expo?.programme.length).toBeGreaterThanOrEqual(25);
  });

  it('is under way: it opened yesterday and closes the day after tomorrow', () => {
    for (const anchor of anchors) {
      const found = seedContent(anchor).events.find(({ event }) => event.slug === '247gbs-expo');
      expect(found?.event.startsAtMs).toBeLessThan(anchor);
      expect(found?.event.endsAtMs).toBeGreaterThan(anchor + 2 * dayMs);
    }
  });

  it('leaves one event over, so that its tickets have expired', () => {
    for (const anchor of anchors) {
      const over = seedContent(anchor).events.filter(({ event }) => event.endsAtMs < anchor);
      expect(over.map(({ event }) => event.slug)).toEqual(['offset-print-fair']);
      expect(over[0]?.event.endsAtMs).toBeGreaterThan(anchor - 11 * dayMs);
    }
  });

  it('has reviewers who gave different marks', () => {
    for (const { reviews } of today.events) {
      expect(reviews.length).toBeGreaterThanOrEqual(6);
      expect(new Set(reviews.map(({ rating }) => rating)).size).toBeGreaterThanOrEqual(3);
      for (const review of reviews) expect(review.writtenAtMs).toBeLessThan(utc('2026-11-22'));
    }
  });
});

describe('the event that is always open', () => {
  const moments = Array.from({ length: 24 * 4 }, (_, quarter) => quarter * 15 * minuteMs);

  it.each(anchors)('sells and admits at every moment of the day at %i, and through the next', (anchor) => {
    const rules = rulesOf(seedContent(anchor)).find(({ eventId }) => eventId === alwaysOpenEventId);
    const isWithin = (window: { from: number; until: number }, at: number) => window.from <= at && at < window.until;
    for (const type of rules?.ticketTypes ?? []) {
      const windows = type.validity.kind === 'windows' ? type.validity.windows : [];
      const isOpen = (at: number) =>
        isWithin(type.sale, at) &&
        windows.some((window) => isWithin(window, at)) &&
        windows.some((window) => isWithin(window, at + dayMs));
      expect(moments.filter((moment) => !isOpen(anchor + moment))).toEqual([]);
    }
  });

  it('has thousands of free places, and a type small enough to sell out', () => {
    const rules = rulesOf(today).find(({ eventId }) => eventId === alwaysOpenEventId);
    const capacities = rules?.ticketTypes.map(({ capacity }) => capacity) ?? [];
    expect(Math.max(...capacities)).toBe(5_000);
    expect(Math.min(...capacities)).toBe(2);
  });

  it('is the same for every moment of one UTC day', () => {
    const noon = utc('2026-11-22') + 12 * hourMs;
    expect(seedContent(anchorOf(noon))).toEqual(today);
  });
});

/** Strict enough for what we write: one root, tags closed in order, attributes quoted once, no bare & or <. */
function faultsOf(text: string): string | undefined {
  const open: string[] = [];
  const tag = /<(\/?)([a-zA-Z]+)((?:\s[\w:-]+="[^"<&]*")*)\s*(\/?)>|([^<]+)/gy;
  const body = text.trim();
  while (tag.lastIndex < body.length) {
    const at = tag.lastIndex;
    const found = tag.exec(body);
    if (found === null) return `unreadable at ${at}: ${body.slice(at, at + 60)}`;
    const [, closing, name = '', attributes = '', selfClosing, words] = found;
    if (words !== undefined && /&(?!amp;|lt;|gt;)/.test(words)) return `a bare & in ${words}`;
    if (words !== undefined) continue;
    const names = [...attributes.matchAll(/\s([\w:-]+)=/g)].map((match) => match[1]);
    if (new Set(names).size !== names.length) return `an attribute twice in <${name}>`;
    if (closing && open.pop() !== name) return `</${name}> closes nothing`;
    if (!closing && !selfClosing) open.push(name);
    if (open.length === 0 && tag.lastIndex < body.length) return 'more than one root';
  }
  return open.length > 0 ? `<${open.join('> <')}> left open` : undefined;
}

describe('pictures', () => {
  const all = pictures();
  const limits: readonly (readonly [RegExp, number])[] = [
    [/hero\.svg$/, 30_000],
    [/poster\.svg$/, 30_000],
    [/logo\.svg$/, 4_000],
    [/picture\.svg$/, 12_000],
  ];

  it('are there for every key the catalogue names, and no others', () => {
    const keys = [
      ...today.events.flatMap(({ event }) => [event.heroKey, event.posterKey]),
      ...today.businesses.map(({ logoKey }) => logoKey),
      ...today.products.map(({ pictureKey }) => pictureKey),
    ];
    expect(new Set(all.map(({ key }) => key))).toEqual(new Set(keys));
    expect(all).toHaveLength(keys.length);
  });

  it.each(all.map(({ key, text }) => [key, text] as const))(
    '%s is small, well formed and self-contained',
    (key, text) => {
      expect(faultsOf(text)).toBeUndefined();
      expect(text.length).toBeLessThan(limits.find(([pattern]) => pattern.test(key))?.[1] ?? 0);
      expect(text).not.toMatch(/NaN|undefined|Infinity|<text|<script|<image|href="http/);
      const ids = new Set([...text.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]));
      const used = [...text.matchAll(/(?:url\(#|href="#)([\w-]+)/g)].map((match) => match[1]);
      expect(used.filter((id) => !ids.has(id))).toEqual([]);
    },
  );

  it('are the same each time', () => expect(pictures()).toEqual(all));

  it('would not pass with a tag left open, a bare ampersand or a second root', () => {
    expect(faultsOf('<svg><g></svg>')).toBeDefined();
    expect(faultsOf('<svg><title>A & B</title></svg>')).toBeDefined();
    expect(faultsOf('<svg a="1" a="2"/>')).toBeDefined();
    expect(faultsOf('<svg/><svg/>')).toBeDefined();
  });
});

describe('seeding', () => {
  // An inventory that takes every document: what it would refuse is proved where inventories are.
  const script = `import { DurableObject } from 'cloudflare:workers';
    export class EventInventory extends DurableObject {
      applyRules(version, hash) { return { ok: true, value: { version, hash } }; }
      applyShop(version, hash) { return { ok: true, value: { version, hash } }; }
      grantEntitlements(entitlements) { return entitlements.map(() => ({ ok: true })); }
    }
    export default { fetch: () => new Response() };`;
  const morning = utc('2026-11-22') + 9 * hourMs;
  const origin = 'http://localhost:8787';
  let mf: Miniflare;

  beforeAll(async () => {
    const options = convertV4MiniflareOptions({
      modules: true,
      script,
      compatibilityDate: '2026-11-01',
      d1Databases: ['DB'],
      r2Buckets: ['MEDIA'],
      durableObjects: { EVENT_INVENTORY: { className: 'EventInventory', useSQLite: true } },
    });
    mf = new Miniflare({ ...options, cf: false });
    await applyMigrations(mf, join(import.meta.dirname, '../../d1/migrations'));
  });

  afterAll(async () => {
    await mf.dispose();
  });

  const read = async (sql: string): Promise<unknown> =>
    (await (await mf.getD1Database('DB')).prepare(sql).all()).results;

  it('writes everything once a day, and says where to look', async () => {
    const first = await seed(mf, { now: morning, origin });
    expect(first.seeded).toBe(true);
    expect(first.summary[0]).toContain(`${origin}/events/open-days`);
    expect(await read('SELECT count(*) AS n FROM businesses')).toEqual([{ n: today.businesses.length }]);
    expect(await read(`SELECT count(*) AS n FROM event_rules_versions WHERE status = 'in_force'`)).toEqual([{ n: 6 }]);
    const hero = await (await mf.getR2Bucket('MEDIA')).get('events/open-days/hero.svg');
    expect(hero?.httpMetadata?.contentType).toBe('image/svg+xml');
    expect(await seed(mf, { now: morning + 8 * hourMs, origin })).toMatchObject({ seeded: false });
  });

  it('moves every date on a later day, with new rules only where they differ', async () => {
    expect(await seed(mf, { now: morning + dayMs, origin })).toMatchObject({ seeded: true });
    const tomorrow = seedContent(anchorOf(morning + dayMs));
    expect(await read('SELECT id, starts_at_ms AS at FROM events ORDER BY id')).toEqual(
      tomorrow.events
        .map(({ event }) => ({ id: event.id, at: event.startsAtMs }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
    expect(await read('SELECT event_id AS id FROM event_rules_versions WHERE version = 2 ORDER BY 1')).toEqual([
      { id: 'evt_expo' },
      { id: 'evt_open_days' },
    ]);
  });
});
