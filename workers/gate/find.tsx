import { Hono } from 'hono';
import * as v from 'valibot';
import { timedUuid } from '#shared/ids.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { findOrders, openOrderAtGate } from '#workers/operations/find-holder.ts';
import { routes } from '#workers/routes.ts';
import { staffedEvent, type Staffed } from './at-gate.ts';
import { gateChoice } from './draw.tsx';
import { FindPage } from './pages/find.tsx';
import type { FindView } from './views.ts';

const gate = v.optional(v.pipe(v.string(), v.maxLength(40)), '');

/** A search, or the choice of one order it found. Posted: an address must not stand in a URL or a log. */
const askSchema = v.union([
  v.object({ gate, order: v.pipe(v.string(), v.minLength(1), v.maxLength(60)) }),
  v.object({ gate, typed: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(254)) }),
]);

/** Tickets without their code, for whoever may let people in by hand. */
export const gateFind = new Hono<AppEnv>()
  .get(routes.gateFind, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.override');
    if (!staffed.ok) return refuse(c, staffed.failure);
    return draw(c, staffed.value, { gateId: c.req.query('gate') ?? '' });
  })
  .post(routes.gateFind, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.override');
    if (!staffed.ok) return refuse(c, staffed.failure);
    const ask = await parseForm(c, askSchema);
    if (!ask.ok) return draw(c, staffed.value, { gateId: '' });
    const { services } = c.var;
    const { event } = staffed.value.sale;
    const seeker = { staffId: staffed.value.staffId, eventId: event.id, businessId: event.businessId };
    const gateId = ask.value.gate;
    if ('order' in ask.value) {
      const opened = await openOrderAtGate(services, seeker, ask.value.order);
      return opened.ok ? draw(c, staffed.value, { gateId, opened: opened.value }) : refuse(c, opened.failure);
    }
    const { typed } = ask.value;
    return draw(c, staffed.value, { gateId, typed, ...(await findOrders(services, seeker, typed)) });
  });

function draw(c: AppContext, { sale }: Staffed, found: Partial<FindView>): Response | Promise<Response> {
  const event = gateChoice(sale.event, sale.rules);
  const chosen = event.gates.find(({ id }) => id === found.gateId) ?? event.gates[0];
  if (chosen === undefined) return refuse(c, { code: 'gate_unknown' });
  c.header('Cache-Control', 'no-store');
  const empty = { typed: '', handle: undefined, orders: undefined, given: [], opened: undefined };
  const view = {
    ...empty,
    ...found,
    event,
    gateId: chosen.id,
    freshId: () => timedUuid(c.var.services.clock(), crypto.randomUUID()),
  };
  return c.html(<FindPage view={view} />);
}
