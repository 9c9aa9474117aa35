import type { Outcome, Reason, Verdict } from '#shared/admission/verdict.ts';
import { allowance, dayOf, typeOf, type Ticket, type World } from './world.ts';

const grants = new Set<Reason>(['admitted', 'exited', 'benefit_redeemed', 'overridden', 'admit_all']);
const redirects = new Set<Reason>(['wrong_gate', 'wrong_day', 'benefit_elsewhere']);

function outcomeOf(reason: Reason): Outcome {
  if (grants.has(reason)) return 'grant';
  if (redirects.has(reason)) return 'redirect';
  if (reason === 'partly_admitted') return 'partial';
  return reason === 'forged_code' ? 'fraud' : 'refuse';
}

/** A verdict with nothing but its reason. */
export function say(world: World, reason: Reason): Verdict {
  return { outcome: outcomeOf(reason), reason, scannedAtMs: world.now };
}

/** What a verdict tells of a ticket: how full it is, where it was last let in, what is still to hand out. */
export function seen(world: World, ticket: Ticket, zones = Object.keys(ticket.use.times)): Partial<Verdict> {
  const type = typeOf(world, ticket.typeId);
  if (type === undefined) return {};
  const { times, last } = ticket.use;
  const isDaily = type.entry.kind === 'daily';
  const counts = zones.map(
    (zone) => (times[zone] ?? []).filter((at) => !isDaily || dayOf(at) === dayOf(world.now)).length,
  );
  const admits = allowance(type);
  const gate = world.rules.gates.find(({ id }) => id === last?.gateId);
  const { id: ticketId } = ticket;
  return {
    ticket: {
      ticketId,
      typeName: type.name,
      accessLevel: type.accessLevel,
      admitted: Math.max(0, ...counts),
      admits: admits === Infinity ? null : admits,
    },
    ...(last && gate && { admission: { atMs: last.at, gateName: gate.name } }),
    ...(type.benefits.length > 0 && {
      benefits: type.benefits.map(({ id, name, quantity }) => ({
        id,
        name,
        left: quantity - (ticket.handedOut[id] ?? 0),
      })),
    }),
  };
}
