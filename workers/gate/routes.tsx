import { Hono } from 'hono';
import { listEvents } from '#d1/queries/catalogue.ts';
import { businessesWhere } from '#shared/access/permissions.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import { fail, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseJson } from '#workers/http/parse.ts';
import { refuse, wantsJson } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { readAdmitAll } from '#workers/operations/gate-emergency.ts';
import { openGateSocket } from '#workers/operations/gate-socket.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import type { Presented } from '#workers/ui/messages/gate-steps.ts';
import { staffedEvent, type Staffed } from './at-gate.ts';
import { decideRedemption, decideScans, decideUndo } from './decide.ts';
import { drawGate, gateChoice } from './draw.tsx';
import { GateListPage } from './pages/gate-list.tsx';
import {
  readRedemptionForm,
  readScanForm,
  readUndoForm,
  redemptionSchema,
  scanSchema,
  undoSchema,
} from './requests.ts';
import { refuseAtGate } from './refuse-at-gate.tsx';
import type { GateNow } from './views.ts';

/** Where stewards stand. Works by typing or with a scanner that acts as a keyboard, with and without JavaScript. */
export const gate = new Hono<AppEnv>()
  .get(routes.gate, async (c) => {
    const { gateDevice, person, services } = c.var;
    const listed = await listEvents(services.db);
    const own = listed.find(({ event }) => event.id === gateDevice?.eventId);
    if (own !== undefined) return c.redirect(pathTo('gateEvent', { slug: own.event.slug }), 303);
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const reach = businessesWhere(person.memberships, 'gate.scan');
    const rows = listed.filter(
      ({ event }) =>
        (reach.everywhere || reach.businessIds.includes(event.businessId)) && event.endsAtMs > services.clock(),
    );
    if (rows.length === 0) return refuse(c, { code: 'not_permitted' });
    const events = rows.map(({ event, document }) => gateChoice(event, JSON.parse(document) as EventRules));
    c.header('Cache-Control', 'no-store');
    return c.html(<GateListPage viewer={viewerOf(c)} events={events} />);
  })
  .get(routes.gateEvent, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.scan');
    if (!staffed.ok) return refuseAtGate(c, staffed.failure, c.req.param('slug'));
    return drawGate(c, staffed.value, { gate: c.req.query('gate'), direction: c.req.query('direction') });
  })
  .get(routes.gateNow, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.scan');
    if (!staffed.ok) return refuseAtGate(c, staffed.failure, c.req.param('slug'));
    const admitAll = await readAdmitAll(c.var.services, staffed.value.sale.event.id);
    c.header('Cache-Control', 'no-store');
    return c.json({ openSinceMs: admitAll?.sinceMs ?? null } satisfies GateNow);
  })
  .post(routes.gateScan, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.scan');
    if (!staffed.ok) return refuseAtGate(c, staffed.failure, c.req.param('slug'));
    const request = wantsJson(c) ? await parseJson(c, scanSchema) : await readScanForm(c);
    if (!request.ok) return refuse(c, request.failure);
    const [verdict = fail('internal_error')] = await decideScans(c, staffed.value, [request.value]);
    const { scanId, gateId, code, ticketId, direction = 'in' } = request.value;
    return show(c, staffed.value, verdict, { scanId, gateId, code, ticketId, direction });
  })
  .get(routes.gateSocket, (c) => openGateSocket(c.var.services, c.req.param('address'), c.req.raw))
  .post(routes.gateRedeem, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.redeem');
    if (!staffed.ok) return refuseAtGate(c, staffed.failure, c.req.param('slug'));
    const request = wantsJson(c) ? await parseJson(c, redemptionSchema) : await readRedemptionForm(c);
    if (!request.ok) return refuse(c, request.failure);
    const verdict = await decideRedemption(c, staffed.value, request.value);
    const { redemptionId: scanId, gateId, code } = request.value;
    return show(c, staffed.value, verdict, { scanId, gateId, code, ticketId: undefined, direction: 'in' });
  })
  .post(routes.gateUndo, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.scan');
    if (!staffed.ok) return refuseAtGate(c, staffed.failure, c.req.param('slug'));
    const request = wantsJson(c) ? await parseJson(c, undoSchema) : await readUndoForm(c);
    if (!request.ok) return refuse(c, request.failure);
    const undone = await decideUndo(c, staffed.value, request.value);
    const { gateId, direction } = request.value;
    const at = { gate: gateId, direction };
    if (!undone.ok) return explain(c, staffed.value, at, undone.failure);
    if (wantsJson(c)) return c.json(undone.value, 200, { 'Cache-Control': 'no-store' });
    return drawGate(c, staffed.value, { ...at, answer: { kind: 'taken_back' } });
  });

function show(
  c: AppContext,
  staffed: Staffed,
  decided: Result<Verdict>,
  presented: Presented,
): Response | Promise<Response> {
  const at = { gate: presented.gateId, direction: presented.direction };
  if (!decided.ok) return explain(c, staffed, at, decided.failure);
  const verdict = decided.value;
  if (wantsJson(c)) return c.json(verdict, 200, { 'Cache-Control': 'no-store' });
  return drawGate(c, staffed, { ...at, answer: { kind: 'verdict', verdict, presented } });
}

/** A steward stays at the gate whatever was refused: the next person is waiting already. */
function explain(
  c: AppContext,
  staffed: Staffed,
  at: { gate: string; direction: string | undefined },
  failure: Parameters<typeof refuse>[1],
): Response | Promise<Response> {
  // Locked between the look and the turn in which it was decided.
  if (failure.code.startsWith('device_')) return refuseAtGate(c, failure, staffed.sale.event.slug);
  if (wantsJson(c) || failure.code === 'gate_unknown') return refuse(c, failure);
  const { status, title, detail } = problemOf(failure);
  return drawGate(c, staffed, { ...at, answer: { kind: 'problem', title, detail } }, status);
}
