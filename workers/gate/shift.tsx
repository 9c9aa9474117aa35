import { Hono } from 'hono';
import * as v from 'valibot';
import type { GateDevice } from '#objects/event-inventory/client.ts';
import { pinShape } from '#shared/access/pin.ts';
import { fail, ok, type Failure, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { whyNotInService } from '#workers/operations/gate-devices.ts';
import { endShift, takeOver } from '#workers/operations/staff-pin.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf, type ProblemStatus } from '#workers/ui/messages/problems.ts';
import { ShiftPage } from './pages/shift.tsx';
import { refuseAtGate } from './refuse-at-gate.tsx';

const words = messages.scanner;
const pinSchema = v.object({ pin: v.pipe(v.string(), v.trim(), v.regex(pinShape)) });

type Shared = { readonly sale: EventForSale; readonly device: GateDevice };

/** A scanner that several share: who is at it now. */
export const gateShift = new Hono<AppEnv>()
  .get(routes.gateShift, async (c) => {
    const shared = await sharedScanner(c, c.req.param('slug'));
    return shared.ok ? draw(c, shared.value, undefined) : refuseAtGate(c, shared.failure, c.req.param('slug'));
  })
  .post(routes.gateShift, async (c) => {
    const shared = await sharedScanner(c, c.req.param('slug'));
    if (!shared.ok) return refuseAtGate(c, shared.failure, c.req.param('slug'));
    const form = await parseForm(c, pinSchema);
    if (!form.ok) return draw(c, shared.value, words.pinShape, 422);
    const { sale, device } = shared.value;
    const where = { eventId: sale.event.id, businessId: sale.event.businessId, device };
    const taken = await takeOver(c.var.services, { ...where, pin: form.value.pin });
    if (!taken.ok) return draw(c, shared.value, wordsFor(taken.failure), problemOf(taken.failure).status);
    return c.redirect(pathTo('gateEvent', { slug: sale.event.slug }), 303);
  })
  .post(routes.gateShiftEnd, async (c) => {
    const shared = await sharedScanner(c, c.req.param('slug'));
    if (!shared.ok) return refuseAtGate(c, shared.failure, c.req.param('slug'));
    const { sale, device } = shared.value;
    const where = { eventId: sale.event.id, businessId: sale.event.businessId, device };
    const ended = await endShift(c.var.services, where);
    if (!ended.ok) return refuseAtGate(c, ended.failure, sale.event.slug);
    return c.redirect(pathTo('gateShift', { slug: sale.event.slug }), 303);
  });

/** Only a scanner has shifts: somebody signed in on their own phone is on duty as themselves. */
async function sharedScanner(c: AppContext, slug: string): Promise<Result<Shared>> {
  const { gateDevice, services } = c.var;
  const sale = await eventForSale(services, slug);
  if (!sale.ok) return sale;
  if (gateDevice?.eventId !== sale.value.event.id) return fail('not_permitted');
  const device = await services.inventory(gateDevice.eventId).device(gateDevice.deviceId);
  const refusal = whyNotInService(device, services.clock());
  if (device === undefined || refusal !== undefined) return fail(refusal ?? 'device_unknown');
  return device.isShared ? ok({ sale: sale.value, device }) : fail('not_permitted');
}

function draw(
  c: AppContext,
  { sale: { event, rules }, device }: Shared,
  error: string | undefined,
  status: ProblemStatus | 200 = 200,
): Response | Promise<Response> {
  const gateName = rules.gates.find(({ id }) => id === device.gateId)?.name ?? '';
  const shift = { slug: event.slug, eventTitle: event.title, label: device.label, gateName, error };
  c.header('Cache-Control', 'no-store');
  return c.html(<ShiftPage shift={shift} />, status);
}

function wordsFor(failure: Failure): string {
  if (failure.code === 'pin_unknown') return words.pinUnknown;
  if (failure.code === 'role_beyond_yours') return words.pinBeyond;
  if (failure.code === 'too_many_requests') return words.pinWait(Number(failure.facts?.['minutes'] ?? 1));
  return problemOf(failure).detail;
}
