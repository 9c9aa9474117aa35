import type { RedemptionRequest } from '#objects/event-inventory/redemptions.ts';
import type { ScanRequest } from '#objects/event-inventory/client.ts';
import type { UndoRequest } from '#objects/event-inventory/undo.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import type { Gate } from '#shared/inventory/rules.ts';
import { letIn, letOut, type Decision } from './doors.ts';
import { say, seen } from './said.ts';
import { copyUse, no, statusOf, typeOf, yes, type Answer, type Ticket, type World } from './world.ts';

/** What was put before the scanner: the model is told, and reads no code. */
export type Shown =
  | { how: 'code'; ticketId: string; generation: number; isForged: boolean; isOtherEvents: boolean }
  | { how: 'typed'; handle: string }
  | { how: 'looked up'; ticketId: string }
  | { how: 'junk' };

type Place = { gate: Gate; staffId: string; isSupervisor: boolean | undefined };

/** Who stands there, or why nobody may. */
function standing(
  world: World,
  request: {
    gateId: string;
    deviceId: string;
    staffId: string;
    isEnrolled?: boolean | undefined;
    override?: unknown;
    ticketId?: unknown;
  },
): { place: Place } | { refused: ReturnType<typeof no> } {
  const { gateId, deviceId, staffId, isEnrolled } = request;
  let place = { gateId, staffId, isSupervisor: undefined as boolean | undefined };
  if (isEnrolled === true) {
    const device = world.devices.get(deviceId);
    if (device === undefined) return { refused: no('device_unknown') };
    if (device.revoked) return { refused: no('device_revoked') };
    if (device.endsAtMs <= world.now) return { refused: no('device_over') };
    if (device.staffId === undefined) return { refused: no('device_off_duty') };
    const isSupervisor = device.role === 'supervisor';
    const needsRank = request.override !== undefined || request.ticketId !== undefined;
    if (needsRank && !isSupervisor) return { refused: no('not_permitted') };
    place = { gateId: isSupervisor ? gateId : device.gateId, staffId: device.staffId, isSupervisor };
  }
  const gate = world.rules.gates.find(({ id }) => id === place.gateId);
  if (gate === undefined) return { refused: no('gate_unknown', { gate: place.gateId }) };
  return { place: { gate, staffId: place.staffId, isSupervisor: place.isSupervisor } };
}

/** Which ticket it is, and why it is not good if it is not. */
function identify(
  world: World,
  shown: Shown,
  { deviceId, isLeaving }: { deviceId: string; isLeaving: boolean },
): { ticket?: Ticket | undefined; reason?: Verdict['reason'] } {
  if (shown.how === 'junk') return { reason: 'unreadable_code' };
  if (shown.how === 'code') {
    if (shown.isOtherEvents) return { reason: 'wrong_event' };
    if (shown.isForged) return { reason: 'forged_code' };
    const ticket = world.tickets.find(({ id }) => id === shown.ticketId);
    if (ticket === undefined) return { reason: 'unknown_ticket' };
    if (ticket.generation !== shown.generation) return { ticket, reason: 'replaced_code' };
    // All codes here are printed ones.
    const isPaperTooLittle = typeOf(world, ticket.typeId)?.code === 'live_only' && !isLeaving;
    return isPaperTooLittle ? { ticket, reason: 'downgraded_code' } : { ticket };
  }
  const tries = world.tries.get(deviceId);
  const isTyped = shown.how === 'typed';
  const isGuessing = tries !== undefined && tries.endsAt > world.now;
  if (isTyped && isGuessing && tries.count >= 20) return { reason: 'too_many_tries' };
  const ticket = world.tickets.find(({ id, handle }) => (isTyped ? handle === shown.handle : id === shown.ticketId));
  if (ticket === undefined) {
    const next = isGuessing ? { ...tries, count: tries.count + 1 } : { endsAt: world.now + 5 * 60_000, count: 1 };
    if (isTyped) world.tries.set(deviceId, next);
    return { reason: 'unknown_ticket' };
  }
  return typeOf(world, ticket.typeId)?.code === 'live_only' ? { ticket, reason: 'code_required' } : { ticket };
}

const methods = { code: 'code', typed: 'typed', 'looked up': 'lookup', junk: 'code' };
const whereOf = (request: ScanRequest | RedemptionRequest | UndoRequest, place?: Place) => ({
  gateId: place?.gate.id ?? request.gateId,
  deviceId: request.deviceId,
  staffId: place?.staffId ?? request.staffId,
  location: request.location,
  deviceAtMs: request.deviceAtMs,
});

export function scan(world: World, request: ScanRequest, shown: Shown): unknown {
  const { scanId, code, ticketId, gateId, direction = 'in', identity, override } = request;
  const payload = JSON.stringify(['scan', code, ticketId, gateId, direction, identity, override?.cause]);
  const known = world.answers.get(scanId);
  const stands = standing(world, request);
  if (known !== undefined) {
    if (known.payload !== payload) return no('idempotency_key_reused');
    return yes('place' in stands ? withName(world, known.verdict) : known.verdict);
  }
  if ('refused' in stands) {
    const { code: why } = stands.refused.failure;
    world.traces.push({ kind: 'scan.rejected', scanId, ...whereOf(request), code: why });
    return stands.refused;
  }
  const { place } = stands;
  const { ticket, reason } = identify(world, shown, {
    deviceId: request.deviceId,
    isLeaving: request.direction === 'out',
  });
  const decision = decide(world, request, place.gate, ticket, reason);
  const undo = effect(world, request, place.gate, ticket, decision);
  const { verdict, moved } = decision;
  world.traces.push({
    kind: 'scan',
    scanId,
    ...whereOf(request, place),
    method: methods[shown.how],
    direction,
    outcome: verdict.outcome,
    reason: verdict.reason,
    identity,
    overrides: verdict.overrides,
    cause: verdict.reason === 'overridden' ? override?.cause : undefined,
    zones: moved && Object.keys(moved),
    ticketId: ticket?.id,
    customerId: ticket?.customerId,
    entries: ticket?.use.entries,
    status: ticket && decision.use ? statusOf(world, ticket) : undefined,
  });
  world.answers.set(scanId, { payload, verdict, at: world.now, isUndone: false, ...(undo && { undo }) });
  return yes(withName(world, verdict));
}

function decide(
  world: World,
  request: ScanRequest,
  gate: Gate,
  ticket: Ticket | undefined,
  reason?: Verdict['reason'],
): Decision {
  const { direction = 'in', identity, override } = request;
  const ways = direction === 'in' ? letIn : letOut;
  const plain =
    reason === undefined && ticket !== undefined
      ? ways(world, gate, ticket, identity ?? 'none')
      : { verdict: say(world, reason ?? 'unknown_ticket') };
  const { outcome, reason: why } = plain.verdict;
  if (outcome === 'grant' || outcome === 'partial' || direction === 'out' || gate.kind === 'counter') return plain;
  const asksForPhone = why === 'code_required' || why === 'downgraded_code';
  const isBeyond = why === 'forged_code' || why === 'too_many_tries' || (asksForPhone && !identity);
  const by = world.areGatesOpen ? 'admit_all' : override !== undefined && !isBeyond ? 'overridden' : undefined;
  if (by === undefined) return plain;
  if (ticket === undefined) {
    const moved = Object.fromEntries(gate.zones.map((zone) => [zone, 1]));
    return { verdict: { ...say(world, by), overrides: why }, moved };
  }
  const own = gate.zones.filter((zone) => typeOf(world, ticket.typeId)?.zones.includes(zone));
  const zones = own.length > 0 ? own : gate.zones;
  const use = copyUse(ticket.use);
  for (const zone of zones) {
    (use.times[zone] ??= []).push(world.now);
    use.inside[zone] = (use.inside[zone] ?? 0) + 1;
  }
  use.entries += 1;
  use.first ??= world.now;
  use.last = { at: world.now, gateId: gate.id };
  const { ticket: about, benefits } = seen(world, { ...ticket, use }, zones);
  const verdict = { ...say(world, by), ticket: about, benefits, overrides: why } as Verdict;
  return { verdict, use, moved: Object.fromEntries(zones.map((zone) => [zone, 1])) };
}

function effect(
  world: World,
  { deviceId, scanId }: ScanRequest,
  gate: Gate,
  ticket: Ticket | undefined,
  { verdict, use, moved = {} }: Decision,
): Answer['undo'] {
  const isIn = verdict.outcome === 'grant' || verdict.outcome === 'partial';
  const kind = !isIn ? 'refused' : verdict.reason === 'exited' ? 'exited' : 'admitted';
  const passage = { gateId: gate.id, typeId: ticket?.typeId, kind, at: world.now } as const;
  world.passages.push(passage);
  if (ticket === undefined) {
    for (const [zone, by] of Object.entries(moved)) world.strangers[zone] = (world.strangers[zone] ?? 0) + by;
  }
  if (ticket === undefined || use === undefined) return undefined;
  const undo = { ticket, deviceId, use: copyUse(ticket.use), moved, passage };
  ticket.use = use;
  ticket.newestScan = scanId;
  return undo;
}

function withName(world: World, verdict: Verdict): Verdict {
  const holderName = world.tickets.find(({ id }) => id === verdict.ticket?.ticketId)?.name;
  const asks = verdict.reason === 'name_check' || verdict.reason === 'document_check';
  return asks && holderName !== undefined ? { ...verdict, holderName } : verdict;
}

export function takeBack(world: World, request: UndoRequest): unknown {
  const stands = standing(world, request);
  if ('refused' in stands) return stands.refused;
  const { scanId, deviceId } = request;
  const kept = world.answers.get(scanId);
  if (kept === undefined) return no('scan_unknown');
  if (kept.isUndone) return yes({ scanId });
  if (kept.undo === undefined || kept.undo.ticket.newestScan !== scanId) return no('scan_not_undoable');
  const { ticket, use, passage } = kept.undo;
  const isSupervisor = stands.place.isSupervisor ?? request.isSupervised === true;
  if (kept.undo.deviceId !== deviceId && !isSupervisor) return no('not_permitted');
  if (world.now > kept.at + 2 * 60_000) return no('undo_too_late');
  ticket.use = copyUse(use);
  ticket.newestScan = undefined;
  kept.isUndone = true;
  world.passages.splice(world.passages.indexOf(passage), 1);
  world.traces.push({
    kind: 'scan.undone',
    scanId,
    ...whereOf(request, stands.place),
    ticketId: ticket.id,
    customerId: ticket.customerId,
    entries: ticket.use.entries,
    status: statusOf(world, ticket),
  });
  return yes({ scanId });
}

export function redeem(world: World, request: RedemptionRequest, shown: Shown): unknown {
  const { redemptionId, code, benefitId, quantity, gateId } = request;
  const payload = JSON.stringify(['redeem', code, benefitId, quantity, gateId]);
  const known = world.answers.get(redemptionId);
  if (known !== undefined) return known.payload === payload ? yes(known.verdict) : no('idempotency_key_reused');
  const isCountable = Number.isSafeInteger(quantity) && quantity > 0;
  const stands = isCountable ? standing(world, request) : { refused: no('quantity_invalid') };
  if ('refused' in stands) {
    const { code: why } = stands.refused.failure;
    world.traces.push({ kind: 'scan.rejected', scanId: redemptionId, ...whereOf(request), code: why });
    return stands.refused;
  }
  const { place } = stands;
  const { ticket, reason } = identify(world, shown, { deviceId: request.deviceId, isLeaving: false });
  const verdict =
    reason === undefined && ticket !== undefined
      ? handOut(world, place.gate, ticket, benefitId, quantity)
      : say(world, reason ?? 'unknown_ticket');
  world.traces.push({
    kind: 'benefit',
    redemptionId,
    ...whereOf(request, place),
    location: request.location ?? place.gate.location,
    method: methods[shown.how],
    benefitId,
    quantity,
    outcome: verdict.outcome,
    reason: verdict.reason,
    ticketId: ticket?.id,
    customerId: ticket?.customerId,
  });
  world.answers.set(redemptionId, { payload, verdict, at: world.now, isUndone: false });
  return yes(verdict);
}

function handOut(world: World, gate: Gate, ticket: Ticket, benefitId: string, quantity: number): Verdict {
  const told = (reason: Verdict['reason'], more: Partial<Verdict> = {}) => ({
    ...say(world, reason),
    ...seen(world, ticket),
    ...more,
  });
  if (world.rules.status === 'cancelled') return told('event_cancelled');
  if (ticket.stopped !== undefined) return told(ticket.stopped);
  const benefit = typeOf(world, ticket.typeId)?.benefits.find(({ id }) => id === benefitId);
  if (benefit === undefined) return told('benefit_unknown');
  const { at = [gate.id], name } = benefit;
  if (!at.includes(gate.id)) {
    return told('benefit_elsewhere', {
      gates: world.rules.gates.filter(({ id }) => at.includes(id)).map((each) => each.name),
    });
  }
  const remaining = benefit.quantity - (ticket.handedOut[benefitId] ?? 0);
  if (quantity > remaining) return told('benefit_used_up', { benefit: { name, left: remaining } });
  ticket.handedOut = { ...ticket.handedOut, [benefitId]: (ticket.handedOut[benefitId] ?? 0) + quantity };
  return told('benefit_redeemed', { benefit: { name, left: remaining - quantity } });
}
