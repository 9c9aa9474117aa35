import type { Reason, Verdict } from '#shared/admission/verdict.ts';
import type { Gate, TicketType } from '#shared/inventory/rules.ts';
import { say, seen } from './said.ts';
import { allowance, copyUse, dayOf, insideOf, typeOf, windows, type Ticket, type Use, type World } from './world.ts';

export type Decision = { verdict: Verdict; use?: Use; moved?: Record<string, number> };

/** Coming in, as a very patient steward would decide it with the whole book open. */
export function letIn(world: World, gate: Gate, ticket: Ticket, identity: 'none' | 'name' | 'document'): Decision {
  const type = typeOf(world, ticket.typeId);
  if (type === undefined) return { verdict: say(world, 'unknown_ticket') };
  const told = (reason: Reason, more: Partial<Verdict> = {}): Decision => ({
    verdict: { ...say(world, reason), ...seen(world, ticket), ...more },
  });
  if (world.rules.status === 'cancelled') return told('event_cancelled');
  if (ticket.stopped !== undefined) return told(ticket.stopped);
  const late = whenNot(world, type, ticket);
  if (late !== undefined) return told(late.reason, { window: late.window });
  if (gate.kind === 'counter') return told('counter_only');
  const shut = new Map(
    [...new Set([...type.zones, ...gate.zones])].map((zone) => [zone, whyShut(world, type, ticket, zone)]),
  );
  const shared = gate.zones.filter((zone) => type.zones.includes(zone));
  if (shared.length === 0) {
    const open = type.zones.filter((zone) => shut.get(zone) === undefined);
    if (open.length === 0) return told(shut.get(type.zones[0]!)!);
    const leading = world.rules.gates.filter(
      (each) => each.kind !== 'counter' && each.zones.some((zone) => open.includes(zone)),
    );
    return told('wrong_gate', { gates: leading.map(({ name }) => name) });
  }
  const open = shared.filter((zone) => shut.get(zone) === undefined);
  if (open.length === 0) {
    const isFull = shared.some((zone) => shut.get(zone) === 'zone_full');
    return isFull ? told('zone_full', { withheld: namesOf(world, shared) }) : told(shut.get(shared[0]!)!);
  }
  const missing = whatElse(world, type, ticket, identity);
  return missing === undefined ? pass(world, gate, ticket, open) : told(missing);
}

function whenNot(world: World, type: TicketType, ticket: Ticket) {
  const all = windows(type, ticket.use.first);
  if (all.some(({ from, until }) => world.now >= from && world.now < until)) return undefined;
  const ahead = all.filter(({ from }) => from > world.now).toSorted((a, b) => a.from - b.from)[0];
  if (ahead === undefined) return { reason: 'expired' as const, window: all.toSorted((a, b) => b.until - a.until)[0]! };
  return {
    reason: dayOf(ahead.from) === dayOf(world.now) ? ('not_yet_valid' as const) : ('wrong_day' as const),
    window: ahead,
  };
}

function whyShut(world: World, type: TicketType, { use }: Ticket, zone: string): Reason | undefined {
  const times = use.times[zone] ?? [];
  const counted = type.entry.kind === 'daily' ? times.filter((at) => dayOf(at) === dayOf(world.now)) : times;
  if (counted.length >= allowance(type)) return 'already_admitted';
  if (type.entry.kind === 'reentry' && (use.inside[zone] ?? 0) >= type.admits) return 'already_inside';
  const most = world.rules.zones.find(({ id }) => id === zone)?.occupancyLimit ?? Infinity;
  return insideOf(world, zone) >= most ? 'zone_full' : undefined;
}

function whatElse(world: World, type: TicketType, ticket: Ticket, identity: string): Reason | undefined {
  const mains = world.tickets.filter(({ holdId, typeId }) => holdId === ticket.holdId && typeId === type.companionOf);
  if (type.companionOf !== undefined && !mains.some(({ use }) => use.entries > 0)) return 'companion_first';
  if (type.identity === 'verified_holder' && identity !== 'document') return 'document_check';
  return type.identity === 'name_check' && identity === 'none' ? 'name_check' : undefined;
}

function pass(world: World, gate: Gate, ticket: Ticket, open: string[]): Decision {
  const use = copyUse(ticket.use);
  for (const zone of open) {
    use.times[zone] = [...(use.times[zone] ?? []), world.now];
    use.inside[zone] = (use.inside[zone] ?? 0) + 1;
  }
  use.entries += 1;
  use.first ??= world.now;
  use.last = { at: world.now, gateId: gate.id };
  const withheld = gate.zones.filter((zone) => !open.includes(zone));
  const { admission: _, ...described } = seen(world, { ...ticket, use }, open);
  const parts = { zones: namesOf(world, open), withheld: namesOf(world, withheld) };
  const verdict =
    withheld.length === 0
      ? { ...say(world, 'admitted'), ...described }
      : { ...say(world, 'partly_admitted'), ...described, ...parts };
  return { verdict, use, moved: Object.fromEntries(open.map((zone) => [zone, 1])) };
}

/** Going out: only somebody who is inside can. */
export function letOut(world: World, gate: Gate, ticket: Ticket): Decision {
  const from = gate.zones.filter((zone) => (ticket.use.inside[zone] ?? 0) > 0);
  const told = seen(world, ticket);
  if (from.length === 0) return { verdict: { ...say(world, 'not_inside'), ...told } };
  const use = copyUse(ticket.use);
  for (const zone of from) use.inside[zone] = use.inside[zone]! - 1;
  return {
    verdict: { ...say(world, 'exited'), ...told },
    use,
    moved: Object.fromEntries(from.map((zone) => [zone, -1])),
  };
}

function namesOf(world: World, zones: readonly string[]): string[] {
  return zones.map((zone) => world.rules.zones.find(({ id }) => id === zone)!.name);
}
