import { Hono } from 'hono';
import * as v from 'valibot';
import { may } from '#shared/access/permissions.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseWith } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { eventCard } from '#workers/operations/present-event.ts';
import { checkTrail, newestEntries, trailLines, type TrailEntry } from '#workers/operations/read-trail.ts';
import { routes } from '#workers/routes.ts';
import { TrailPage } from './pages/trail.tsx';
import type { TrailView } from './views.ts';

/** Entries the page looks through at a time; its filters choose among these. */
const lookedThrough = 1_000;

const seq = v.pipe(v.string(), v.regex(/^\d{1,12}$/), v.transform(Number), v.minValue(1));
const fromSchema = v.object({ from: v.optional(seq, '1') });
const checkSchema = v.object({
  from: v.optional(seq, '1'),
  hash: v.optional(v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{64})?$/)), ''),
});
const filterSchema = v.object({
  kind: v.fallback(v.pipe(v.string(), v.maxLength(40)), ''),
  gate: v.fallback(v.pipe(v.string(), v.maxLength(40)), ''),
  id: v.fallback(v.pipe(v.string(), v.trim(), v.maxLength(80)), ''),
  before: v.optional(v.fallback(seq, 0)),
});

/** What was decided at an event, for those who must be able to ask about it later. */
export const trail = new Hono<AppEnv>()
  .get(routes.apiTrail, async (c) => {
    const sale = await readableEvent(c, c.req.param('slug'));
    if (!sale.ok) return refuse(c, sale.failure);
    const query = parseWith(fromSchema, c.req.query());
    if (!query.ok) return refuse(c, query.failure);
    const { event } = sale.value;
    return c.body(trailLines(c.var.services, event.id, query.value.from), 200, {
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Content-Disposition': `attachment; filename="trail-${event.slug}.ndjson"`,
      'Cache-Control': 'no-store',
    });
  })
  .get(routes.apiTrailCheck, async (c) => {
    const sale = await readableEvent(c, c.req.param('slug'));
    if (!sale.ok) return refuse(c, sale.failure);
    const query = parseWith(checkSchema, c.req.query());
    if (!query.ok) return refuse(c, query.failure);
    const { from, hash } = query.value;
    c.header('Cache-Control', 'no-store');
    return c.json(await checkTrail(c.var.services, sale.value.event.id, { seq: from, hash }));
  })
  .get(routes.studioTrail, async (c) => {
    const sale = await readableEvent(c, c.req.param('slug'));
    if (!sale.ok) return refuse(c, sale.failure);
    const filter = parseWith(filterSchema, c.req.query());
    if (!filter.ok) return refuse(c, filter.failure);
    const { services } = c.var;
    const { event, rules } = sale.value;
    const check = await checkTrail(services, event.id);
    const { kind, gate, id, before = 0 } = filter.value;
    const untilSeq = before > 0 ? Math.min(before - 1, check.headSeq) : check.headSeq;
    const looked = await newestEntries(services, event.id, { untilSeq, count: lookedThrough });
    const view: TrailView = {
      event: eventCard(event, rules, services.clock()),
      check,
      gates: rules.gates.map(({ id: gateId, name }) => ({ id: gateId, name })),
      filter: { kind, gate, id },
      looked: looked.length,
      entries: looked.filter((entry) => isWanted(entry, { kind, gate, id })).slice(0, shownAtMost),
      olderBefore: untilSeq > lookedThrough ? untilSeq - lookedThrough + 1 : undefined,
    };
    c.header('Cache-Control', 'no-store');
    return c.html(<TrailPage viewer={viewerOf(c)} view={view} />);
  });

const shownAtMost = 200;

function isWanted(entry: TrailEntry, { kind, gate, id }: TrailView['filter']): boolean {
  if (kind !== '' && entry.kind !== kind) return false;
  if (gate !== '' && !('gateId' in entry && entry.gateId === gate)) return false;
  return id === '' || Object.values(entry).includes(id);
}

async function readableEvent(c: AppContext, slug: string): Promise<Result<EventForSale>> {
  const { person, services } = c.var;
  if (person === undefined) return fail('sign_in_required');
  const sale = await eventForSale(services, slug);
  if (!sale.ok) return sale;
  return may(person.memberships, 'trail.read', sale.value.event.businessId) ? ok(sale.value) : fail('not_permitted');
}
