import { Hono } from 'hono';
import * as v from 'valibot';
import { listEvents } from '#d1/queries/catalogue.ts';
import { businessesWhere, may } from '#shared/access/permissions.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm, parseJson } from '#workers/http/parse.ts';
import { refuse, wantsJson } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { openGateSocket } from '#workers/operations/gate-socket.ts';
import { scanTicket } from '#workers/operations/scan-ticket.ts';
import { routes } from '#workers/routes.ts';
import { GateListPage } from './pages/gate-list.tsx';
import { GatePage } from './pages/gate.tsx';
import type { GateChoice } from './views.ts';

const scanId = v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/));
const gateId = v.pipe(v.string(), v.minLength(1), v.maxLength(40));
const code = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(600));
const formSchema = v.object({ code, gate: gateId, scan_id: scanId });
const jsonSchema = v.object({ code, gateId, scanId });

type Staffed = { readonly sale: EventForSale; readonly staffId: string; readonly deviceId: string };

/** Where stewards stand. Works by typing or with a scanner that acts as a keyboard, with and without JavaScript. */
export const gate = new Hono<AppEnv>()
  .get(routes.gate, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const reach = businessesWhere(person.memberships, 'gate.scan');
    const rows = (await listEvents(services.db)).filter(
      ({ event }) =>
        (reach.everywhere || reach.businessIds.includes(event.businessId)) && event.endsAtMs > services.clock(),
    );
    if (rows.length === 0) return refuse(c, { code: 'not_permitted' });
    const events = rows.map(({ event, document }) => gateChoice(event, JSON.parse(document) as EventRules));
    c.header('Cache-Control', 'no-store');
    return c.html(<GateListPage viewer={viewerOf(c)} events={events} />);
  })
  .get(routes.gateEvent, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'));
    if (!staffed.ok) return refuse(c, staffed.failure);
    return draw(c, staffed.value, c.req.query('gate'), undefined);
  })
  .post(routes.gateScan, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'));
    if (!staffed.ok) return refuse(c, staffed.failure);
    const request = wantsJson(c) ? await parseJson(c, jsonSchema) : await readScanForm(c);
    if (!request.ok) return refuse(c, request.failure);
    const verdict = await decide(c, staffed.value, request.value);
    if (!verdict.ok) return refuse(c, verdict.failure);
    c.header('Cache-Control', 'no-store');
    return wantsJson(c) ? c.json(verdict.value) : draw(c, staffed.value, request.value.gateId, verdict.value);
  })
  .get(routes.gateSocket, (c) => openGateSocket(c.var.services, c.req.param('address'), c.req.raw))
  .post(routes.apiScans, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'));
    if (!staffed.ok) return refuse(c, staffed.failure);
    const request = await parseJson(c, jsonSchema);
    if (!request.ok) return refuse(c, request.failure);
    const verdict = await decide(c, staffed.value, request.value);
    return verdict.ok ? c.json(verdict.value) : refuse(c, verdict.failure);
  });

async function staffedEvent(c: AppContext, slug: string): Promise<Result<Staffed>> {
  const { person, deviceId, services } = c.var;
  if (person === undefined || deviceId === undefined) return fail('sign_in_required');
  const sale = await eventForSale(services, slug);
  if (!sale.ok) return sale;
  if (!may(person.memberships, 'gate.scan', sale.value.event.businessId)) return fail('not_permitted');
  return ok({ sale: sale.value, staffId: person.personId, deviceId });
}

async function readScanForm(c: AppContext) {
  const form = await parseForm(c, formSchema);
  return form.ok ? ok({ code: form.value.code, gateId: form.value.gate, scanId: form.value.scan_id }) : form;
}

function decide(c: AppContext, { sale, staffId, deviceId }: Staffed, scan: v.InferOutput<typeof jsonSchema>) {
  return scanTicket(c.var.services, { ...scan, eventId: sale.event.id, staffId, deviceId });
}

function draw(
  c: AppContext,
  { sale }: Staffed,
  wantedGate: string | undefined,
  verdict: Verdict | undefined,
): Response | Promise<Response> {
  const event = gateChoice(sale.event, sale.rules);
  const chosen = event.gates.find(({ id }) => id === wantedGate) ?? event.gates[0];
  if (chosen === undefined) return refuse(c, { code: 'gate_unknown' });
  const stewardName = c.var.person?.name ?? '';
  const view = { event, gateId: chosen.id, gateName: chosen.name, stewardName, verdict, scanId: crypto.randomUUID() };
  c.header('Cache-Control', 'no-store');
  return c.html(<GatePage gate={view} />);
}

function gateChoice(event: EventForSale['event'], rules: EventRules): GateChoice {
  const { slug, title, city, timeZone, startsAtMs, endsAtMs } = event;
  const zoneNames = new Map(rules.zones.map((zone) => [zone.id, zone.name]));
  const gates = rules.gates.map(({ id, name, zones }) => ({
    id,
    name,
    zones: zones.map((zone) => zoneNames.get(zone) ?? zone),
  }));
  return { slug, title, city, timeZone, startsAtMs, endsAtMs, gates };
}
