import { Hono } from 'hono';
import { encodeQR } from 'qr';
import * as v from 'valibot';
import { deviceRoles } from '#shared/access/device-roles.ts';
import { covers, may } from '#shared/access/permissions.ts';
import { isSeen } from '#shared/people/unseen.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { hourMs, type EpochMs } from '#shared/time.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { eventForSale, type EventForSale } from '#workers/operations/event-for-sale.ts';
import { listScanners, lockScanner, offerEnrolment } from '#workers/operations/gate-devices.ts';
import { eventCard } from '#workers/operations/present-event.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { DevicesPage, EnrolmentPage } from './pages/devices.tsx';
import type { DevicesView } from './views.ts';

const words = messages.devices;
const spans = ['4h', '8h', '12h', 'event'] as const;
const label = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40), v.check(isSeen));
const offerSchema = v.object({
  label,
  gate: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  role: v.picklist(deviceRoles),
  until: v.picklist(spans),
  shared: v.optional(v.literal('yes')),
});
const typedSchema = v.object({
  label: v.fallback(v.pipe(v.string(), v.maxLength(200)), ''),
  gate: v.fallback(v.string(), ''),
  role: v.fallback(v.string(), 'gate_steward'),
  until: v.fallback(v.string(), '12h'),
  shared: v.fallback(v.optional(v.string()), undefined),
});
const lockSchema = v.object({ device: v.pipe(v.string(), v.regex(/^gdv_\w{1,40}$/)) });
const empty = { label: '', gate: '', role: 'gate_steward', until: '12h', shared: undefined };

/** Phones that scan for an event: how they come in, and how they go at once. */
export const studioDevices = new Hono<AppEnv>()
  .get(routes.studioDevices, async (c) => {
    const managed = await managedEvent(c, c.req.param('slug'));
    return managed.ok ? draw(c, managed.value, empty, undefined) : refuse(c, managed.failure);
  })
  .post(routes.studioDevices, async (c) => {
    const managed = await managedEvent(c, c.req.param('slug'));
    if (!managed.ok) return refuse(c, managed.failure);
    const { sale, person } = managed.value;
    const form = await parseForm(c, offerSchema);
    if (!form.ok) return draw(c, managed.value, await typed(c), words.formError);
    const { gate: gateId, role, until, shared } = form.value;
    const endsAtMs = endOf(until, sale.event.endsAtMs, c.var.services.clock());
    const offer = { label: form.value.label, gateId, role, isShared: shared === 'yes', endsAtMs };
    const url = await offerEnrolment(c.var.services, person, sale, offer);
    if (!url.ok) return draw(c, managed.value, await typed(c), errorOf(url.failure));
    const { event, rules } = sale;
    const gateName = rules.gates.find(({ id }) => id === gateId)?.name ?? '';
    c.header('Cache-Control', 'no-store');
    const qrSvg = encodeQR(url.value, 'svg', { border: 4 });
    const view = { event: eventCard(event, rules, c.var.services.clock()), label: offer.label, gateName };
    return c.html(<EnrolmentPage viewer={viewerOf(c)} enrolment={{ ...view, url: url.value, qrSvg }} />);
  })
  .post(routes.studioDeviceLock, async (c) => {
    const managed = await managedEvent(c, c.req.param('slug'));
    if (!managed.ok) return refuse(c, managed.failure);
    const form = await parseForm(c, lockSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { sale, person } = managed.value;
    const locked = await lockScanner(c.var.services, person.personId, sale, form.value.device);
    if (!locked.ok) return refuse(c, locked.failure);
    return c.redirect(`${pathTo('studioDevices', { slug: sale.event.slug })}?did=locked`, 303);
  });

async function managedEvent(c: AppContext, slug: string) {
  const { person, services } = c.var;
  if (person === undefined) return fail('sign_in_required');
  const sale = await eventForSale(services, slug);
  if (!sale.ok) return sale;
  return may(person.memberships, 'device.manage', sale.value.event.businessId)
    ? ok({ sale: sale.value, person })
    : fail('not_permitted');
}

type Managed = Extract<Awaited<ReturnType<typeof managedEvent>>, { ok: true }>['value'];

/** Nobody stays past the event by half a day: it is torn down by then. */
function endOf(until: (typeof spans)[number], eventEndsAtMs: EpochMs, now: EpochMs): EpochMs {
  if (until === 'event') return eventEndsAtMs;
  return Math.min(now + Number.parseInt(until, 10) * hourMs, eventEndsAtMs + 12 * hourMs);
}

function errorOf(failure: Extract<Result<unknown>, { ok: false }>['failure']): string {
  if (failure.code === 'role_beyond_yours') return words.roleError;
  return failure.code === 'device_over' ? words.overError : problemOf(failure).detail;
}

async function typed(c: AppContext): Promise<DevicesView['values']> {
  const form = await parseForm(c, typedSchema);
  return form.ok ? form.value : empty;
}

async function draw(
  c: AppContext,
  { sale: { event, rules }, person }: { sale: EventForSale; person: Managed['person'] },
  values: DevicesView['values'],
  error: string | undefined,
): Promise<Response> {
  const { services } = c.var;
  const now = services.clock();
  const scanners = await listScanners(services, event.id);
  const view: DevicesView = {
    event: eventCard(event, rules, now),
    timeZone: event.timeZone,
    now,
    gates: rules.gates.map(({ id, name }) => ({ id, name })),
    mayOffer: deviceRoles.filter((role) => covers(person.memberships, role, event.businessId)),
    scanners,
    values,
    error,
    isLocked: c.req.query('did') === 'locked',
  };
  c.header('Cache-Control', 'no-store');
  return c.html(<DevicesPage viewer={viewerOf(c)} devices={view} />, error === undefined ? 200 : 422);
}
