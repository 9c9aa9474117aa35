import { Hono } from 'hono';
import * as v from 'valibot';
import { may } from '#shared/access/permissions.ts';
import { incidentClosings } from '#shared/gate/incidents.ts';
import { announcementLimit } from '#shared/gate/socket-messages.ts';
import { isSeen } from '#shared/people/unseen.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { closeIncident } from '#workers/operations/gate-incidents.ts';
import { listedAtOnce, listTickets, readFloor, tellStewards } from '#workers/operations/gate-floor.ts';
import { eventCard } from '#workers/operations/present-event.ts';
import { readLive } from '#workers/operations/watch-event.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { GatesPage } from './pages/gates.tsx';
import { TicketListPage } from './pages/ticket-list.tsx';

const words = messages.floor;
const sayingSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/)),
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(announcementLimit), v.check(isSeen)),
});
const typedSchema = v.object({ text: v.fallback(v.pipe(v.string(), v.maxLength(1_000)), '') });
const closingSchema = v.object({
  incident: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
  closing: v.picklist(incidentClosings),
});
const afterSchema = v.fallback(v.pipe(v.string(), v.regex(/^[0-9A-Z]{0,16}$/)), '');

/** Where whoever is in charge of the gates sees all of them, and speaks to those who stand there. */
export const studioGates = new Hono<AppEnv>()
  .get(routes.studioGates, async (c) => {
    const run = await supervised(c, c.req.param('slug'));
    return run.ok ? draw(c, run.value.sale, '', undefined) : refuse(c, run.failure);
  })
  .post(routes.studioGatesMessage, async (c) => {
    const run = await supervised(c, c.req.param('slug'));
    if (!run.ok) return refuse(c, run.failure);
    const { sale, staffId } = run.value;
    const form = await parseForm(c, sayingSchema);
    if (!form.ok) {
      const typed = await parseForm(c, typedSchema);
      return draw(c, sale, typed.ok ? typed.value.text : '', words.messageError);
    }
    const { id: announcementId, text } = form.value;
    const told = await tellStewards(c.var.services, sale, { announcementId, text, staffId });
    if (!told.ok) return refuse(c, told.failure);
    return c.redirect(`${pathTo('studioGates', { slug: sale.event.slug })}?did=sent`, 303);
  })
  .post(routes.studioIncident, async (c) => {
    const run = await supervised(c, c.req.param('slug'));
    if (!run.ok) return refuse(c, run.failure);
    const form = await parseForm(c, closingSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { sale, staffId } = run.value;
    const { incident: incidentId, closing } = form.value;
    const closed = await closeIncident(c.var.services, sale.event.id, { incidentId, closing, staffId });
    if (!closed.ok) return refuse(c, closed.failure);
    return c.redirect(`${pathTo('studioGates', { slug: sale.event.slug })}#incidents`, 303);
  })
  .get(routes.studioTicketList, async (c) => {
    const run = await supervised(c, c.req.param('slug'));
    if (!run.ok) return refuse(c, run.failure);
    const { event, rules } = run.value.sale;
    const { services } = c.var;
    const after = v.parse(afterSchema, c.req.query('after') ?? '');
    const page = await listTickets(services, event.id, after);
    const typeNames = new Map(rules.ticketTypes.map(({ id, name }) => [id, name]));
    const now = services.clock();
    const hasMore = page.length >= listedAtOnce;
    const about = { event: eventCard(event, rules, now), timeZone: event.timeZone, now };
    const view = { ...about, after, page, hasMore, typeNames };
    c.header('Cache-Control', 'no-store');
    return c.html(<TicketListPage viewer={viewerOf(c)} list={view} />);
  });

type Supervised = { readonly sale: EventForSale; readonly staffId: string };

async function supervised(c: AppContext, slug: string): Promise<Result<Supervised>> {
  const { person, services } = c.var;
  if (person === undefined) return fail('sign_in_required');
  const sale = await eventForSale(services, slug);
  if (!sale.ok) return sale;
  const isTheirs = may(person.memberships, 'device.manage', sale.value.event.businessId);
  return isTheirs ? ok({ sale: sale.value, staffId: person.personId }) : fail('not_permitted');
}

async function draw(c: AppContext, { event, rules }: EventForSale, text: string, error: string | undefined) {
  const { services } = c.var;
  const [floor, live] = await Promise.all([readFloor(services, event.id), readLive(services, event.id)]);
  const view = {
    event: eventCard(event, rules, services.clock()),
    timeZone: event.timeZone,
    floor,
    zones: live?.zones ?? [],
    gates: new Map(rules.gates.map(({ id, name }) => [id, name])),
    socketUrl: pathTo('studioLiveSocket', { slug: event.slug }),
    message: { id: crypto.randomUUID(), text, error, isSent: c.req.query('did') === 'sent' },
  };
  c.header('Cache-Control', 'no-store');
  return c.html(<GatesPage viewer={viewerOf(c)} gates={view} />, error === undefined ? 200 : 422);
}
