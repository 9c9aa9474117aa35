import type { EventRules } from '#shared/inventory/rules.ts';
import { timedUuid } from '#shared/ids.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { scannerPageHeader } from '#workers/http/guards.ts';
import { refuse } from '#workers/http/refuse.tsx';
import type { EventForSale } from '#workers/operations/event-for-sale.ts';
import { nameOf } from '#workers/operations/gate-devices.ts';
import { manifestKey } from '#workers/operations/gate-manifest.ts';
import { gateSocketPath } from '#workers/operations/gate-socket.ts';
import { readAdmitAll } from '#workers/operations/gate-emergency.ts';
import type { ProblemStatus } from '#workers/ui/messages/problems.ts';
import type { Staffed } from './at-gate.ts';
import { GatePage } from './pages/gate.tsx';
import { ScannerPage } from './pages/scanner.tsx';
import type { GateAnswer, GateChoice, ScannerView } from './views.ts';

export type At = {
  readonly gate: string | undefined;
  readonly direction: string | undefined;
  readonly answer?: GateAnswer | undefined;
};

/** A gate's page, at the gate and in the direction asked for, with the answer to the form that led here. */
export async function drawGate(
  c: AppContext,
  { sale, can, scanner, staffId }: Staffed,
  at: At,
  status: ProblemStatus | 200 = 200,
): Promise<Response> {
  const event = gateChoice(sale.event, sale.rules);
  // A steward's scanner has its gate; a supervisor's walks about.
  const wanted = scanner === undefined || scanner.role === 'supervisor' ? (at.gate ?? scanner?.gateId) : scanner.gateId;
  const chosen = event.gates.find(({ id }) => id === wanted) ?? event.gates[0];
  if (chosen === undefined) return refuse(c, { code: 'gate_unknown' });
  const admitAll = await readAdmitAll(c.var.services, sale.event.id);
  c.header('Cache-Control', 'no-store');
  const view = {
    event,
    can,
    gateId: chosen.id,
    gateName: chosen.name,
    isCounter: chosen.isCounter,
    direction: at.direction === 'out' ? ('out' as const) : ('in' as const),
    stewardName: scanner === undefined ? (c.var.person?.name ?? '') : await nameOf(c.var.services, staffId),
    scanner: scanner && (await scannerView(c, sale, scanner, staffId)),
    openSinceMs: admitAll?.sinceMs,
    answer: at.answer,
    freshId: () => timedUuid(c.var.services.clock(), crypto.randomUUID()),
  };
  if (view.scanner === undefined) return c.html(<GatePage gate={view} />, status);
  c.header(scannerPageHeader, 'yes');
  return c.html(<ScannerPage gate={view} scanner={view.scanner} />, status);
}

async function scannerView(
  c: AppContext,
  { event, rules }: EventForSale,
  { deviceId, label, isShared }: NonNullable<Staffed['scanner']>,
  staffId: string,
): Promise<ScannerView> {
  const { services } = c.var;
  const [socketPath, key] = await Promise.all([
    gateSocketPath(services, event.id),
    manifestKey(services, rules.eventNumber),
  ]);
  return { deviceId, eventId: event.id, staffId, label, isShared, socketPath, manifestKey: key };
}

export function gateChoice(event: EventForSale['event'], rules: EventRules): GateChoice {
  const { slug, title, city, timeZone, startsAtMs, endsAtMs } = event;
  const zoneNames = new Map(rules.zones.map((zone) => [zone.id, zone.name]));
  const gates = rules.gates.map(({ id, name, kind, zones }) => ({
    id,
    name,
    isCounter: kind === 'counter',
    zones: zones.map((zone) => zoneNames.get(zone) ?? zone),
  }));
  return { slug, title, city, timeZone, startsAtMs, endsAtMs, gates };
}
