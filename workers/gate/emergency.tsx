import { Hono } from 'hono';
import * as v from 'valibot';
import { ok } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { admitAllCauses, readEmergency, switchGates } from '#workers/operations/gate-emergency.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { staffedEvent, type Staffed } from './at-gate.ts';
import { gateChoice } from './draw.tsx';
import { EmergencyPage } from './pages/emergency.tsx';

/** `sure` is a box that must be ticked: one slip of a thumb opens no hall. */
const switchSchema = v.variant('to', [
  v.object({ to: v.literal('open'), cause: v.picklist(admitAllCauses), sure: v.literal('yes') }),
  v.object({ to: v.literal('close'), sure: v.literal('yes') }),
]);

/** Who is where, and the switch that opens every gate. */
export const gateEmergency = new Hono<AppEnv>()
  .get(routes.gateEmergency, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.emergency');
    return staffed.ok ? draw(c, staffed.value, undefined) : refuse(c, staffed.failure);
  })
  .post(routes.gateEmergency, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.emergency');
    if (!staffed.ok) return refuse(c, staffed.failure);
    const form = await parseForm(c, switchSchema);
    if (!form.ok) return draw(c, staffed.value, messages.gate.emergency.unsure);
    const { sale, staffId } = staffed.value;
    const { id: eventId, businessId, slug } = sale.event;
    const isOn = form.value.to === 'open';
    const cause = form.value.to === 'open' ? ok(form.value.cause) : await causeOf(c, eventId);
    if (!cause.ok) return refuse(c, cause.failure);
    const done = await switchGates(c.var.services, { eventId, businessId }, { isOn, cause: cause.value, staffId });
    return done.ok ? c.redirect(pathTo('gateEmergency', { slug }), 303) : refuse(c, done.failure);
  });

/** Closing is recorded under the cause it was opened for. */
async function causeOf(c: AppContext, eventId: string) {
  const now = await readEmergency(c.var.services, eventId);
  return now.ok ? ok(now.value.admitAll?.cause ?? 'organiser_decision') : now;
}

async function draw(c: AppContext, { sale }: Staffed, error: string | undefined): Promise<Response> {
  const now = await readEmergency(c.var.services, sale.event.id);
  if (!now.ok) return refuse(c, now.failure);
  const { admitAll, takenAtMs, zones } = now.value;
  c.header('Cache-Control', 'no-store');
  const view = {
    event: gateChoice(sale.event, sale.rules),
    takenAtMs,
    zones,
    causes: admitAllCauses,
    open: admitAll,
    error,
  };
  return c.html(<EmergencyPage view={view} />, error === undefined ? 200 : 422);
}
