import type { EventRules, Gate, TicketType } from '../inventory/rules.ts';

/**
 * The one gate a ticket belongs to while gates can't hear one another: where the event's policy says so, every other gate sends
 * it there, and no ticket is let in at two gates. Made from the ticket's random id and the rules alone, so that all gates agree
 * without a word. Undefined where no gate serves the type, or one does anyway.
 */
export function homeGateOf(rules: EventRules, type: TicketType, ticketId: string): Gate | undefined {
  const serving = rules.gates
    .filter((gate) => gate.kind !== 'counter')
    .map((gate) => ({ gate, zones: gate.zones.filter((zone) => type.zones.includes(zone)).length }));
  const most = Math.max(0, ...serving.map(({ zones }) => zones));
  // A gate that opens all the ticket is good for is nobody's detour.
  const homes = serving
    .filter(({ zones }) => zones > 0 && zones === most)
    .map(({ gate }) => gate)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return homes.length < 2 ? undefined : homes[spread(ticketId) % homes.length];
}

const fnvOffset = 0x81_1c_9d_c5;
const fnvPrime = 0x01_00_01_93;

/** FNV-1a, 32 bits. Nothing secret depends on it: it only deals tickets out evenly. */
function spread(text: string): number {
  let hash = fnvOffset;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), fnvPrime) >>> 0;
  return hash;
}
