import { Hono } from 'hono';
import * as v from 'valibot';
import { may, type Permission } from '#shared/access/permissions.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { findOrders, openOrderAtGate, type Seeker } from '#workers/operations/find-holder.ts';
import { eventCard } from '#workers/operations/present-event.ts';
import { reissueTicket } from '#workers/operations/reissue-ticket.ts';
import { routes } from '#workers/routes.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { HelpPage, type HelpView } from './pages/tickets.tsx';

const orderId = v.pipe(v.string(), v.maxLength(60));

/** A search, or the choice of an order it found. Posted: an address must not stand in a URL or a log. */
const askSchema = v.union([
  v.object({ order: v.pipe(orderId, v.minLength(1)) }),
  v.object({ typed: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(254)) }),
]);
const reissueSchema = v.object({
  ticket: v.pipe(v.string(), v.regex(/^tkt_[0-9A-Z]{13}$/)),
  order: orderId,
  key: v.pipe(v.string(), v.regex(/^[\w-]{8,60}$/)),
});

/** The help desk: tickets found by what people can tell, and codes made anew for whoever holds them. */
export const studioTickets = new Hono<AppEnv>()
  .get(routes.studioTickets, async (c) => {
    const desk = await helpDesk(c, c.req.param('slug'), 'order.read');
    return desk.ok ? draw(c, desk.value, {}) : refuse(c, desk.failure);
  })
  .post(routes.studioTickets, async (c) => {
    const desk = await helpDesk(c, c.req.param('slug'), 'order.read');
    if (!desk.ok) return refuse(c, desk.failure);
    const ask = await parseForm(c, askSchema);
    if (!ask.ok) return draw(c, desk.value, {});
    const { services } = c.var;
    const { seeker } = desk.value;
    if ('order' in ask.value) {
      const opened = await openOrderAtGate(services, seeker, ask.value.order);
      return opened.ok ? draw(c, desk.value, { opened: opened.value }) : refuse(c, opened.failure);
    }
    const { typed } = ask.value;
    return draw(c, desk.value, { typed, found: await findOrders(services, seeker, typed) });
  })
  .post(routes.studioReissue, async (c) => {
    const desk = await helpDesk(c, c.req.param('slug'), 'ticket.reissue');
    if (!desk.ok) return refuse(c, desk.failure);
    const form = await parseForm(c, reissueSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { services } = c.var;
    const { seeker } = desk.value;
    const { ticket: ticketId, order, key } = form.value;
    const by = { cause: 'support', key: `${seeker.staffId}/${key}`, ...seeker } as const;
    const made = await reissueTicket(services, { eventId: seeker.eventId, ticketId }, by);
    const opened = order === '' ? undefined : await openOrderAtGate(services, seeker, order);
    const again = opened?.ok === true ? { opened: opened.value } : {};
    return draw(c, desk.value, made.ok ? { ...again, isDone: true } : { ...again, problem: problemOf(made.failure) });
  });

type Desk = { readonly sale: EventForSale; readonly seeker: Seeker; readonly mayReissue: boolean };

async function helpDesk(c: AppContext, slug: string, needed: Permission): Promise<Result<Desk>> {
  const { person, services } = c.var;
  if (person === undefined) return fail('sign_in_required');
  const sale = await eventForSale(services, slug);
  if (!sale.ok) return sale;
  const { id: eventId, businessId } = sale.value.event;
  const { memberships, personId: staffId } = person;
  if (!may(memberships, needed, businessId)) return fail('not_permitted');
  const mayReissue = may(memberships, 'ticket.reissue', businessId);
  return ok({ sale: sale.value, seeker: { staffId, eventId, businessId }, mayReissue });
}

function draw(c: AppContext, { sale, mayReissue }: Desk, shown: Partial<HelpView>): Response | Promise<Response> {
  const view: HelpView = {
    event: eventCard(sale.event, sale.rules, c.var.services.clock()),
    typed: '',
    found: undefined,
    opened: undefined,
    mayReissue,
    isDone: false,
    problem: undefined,
    freshKey: () => crypto.randomUUID(),
    ...shown,
  };
  c.header('Cache-Control', 'no-store');
  return c.html(<HelpPage viewer={viewerOf(c)} view={view} />, view.problem === undefined ? 200 : 409);
}
