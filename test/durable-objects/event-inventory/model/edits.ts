import type { Entitlement } from '#objects/event-inventory/customers.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import { stocks, usesOf } from './counts.ts';
import { serve } from './line.ts';
import { closeOpen } from './transfers.ts';
import { no, statusOf, typeOf, yes, type World } from './world.ts';

/** What organisers and support change: entitlements, tickets already sold, the rules themselves. */

export function grant(world: World, { entitlementId, typeId, granted, endsAtMs }: Entitlement): unknown {
  if (typeOf(world, typeId) === undefined) return no('ticket_type_unknown');
  if (!Number.isSafeInteger(granted) || granted < 1) return no('quantity_invalid');
  const known = world.entitlements.find((each) => each.id === entitlementId && each.typeId === typeId);
  const atLeast = Math.max(granted, known === undefined ? 0 : usesOf(world, entitlementId, typeId));
  if (known === undefined) world.entitlements.push({ id: entitlementId, typeId, granted, endsAt: endsAtMs });
  else Object.assign(known, { granted: atLeast, endsAt: endsAtMs });
  return yes();
}

const moves: Record<string, readonly string[]> = {
  refund: ['paid', 'active', 'redeemed', 'expired', 'suspended'],
  suspend: ['paid', 'active', 'redeemed', 'expired'],
  reinstate: ['suspended'],
};

export function move(world: World, ticketId: string, what: string): unknown {
  const ticket = world.tickets.find(({ id }) => id === ticketId);
  if (ticket === undefined) return no('ticket_unknown');
  if (what === 'refund' && ticket.stopped === 'refunded') return yes('refunded');
  const from = statusOf(world, ticket);
  if (!moves[what]!.includes(from)) return no('ticket_move_illegal', { from, move: what });
  ticket.stopped = what === 'refund' ? 'refunded' : what === 'suspend' ? 'suspended' : undefined;
  if (what === 'refund') serve(world, [ticket.typeId]);
  const status = statusOf(world, ticket);
  const isGiven = what === 'refund' && ticket.customerId !== ticket.boughtBy;
  const holder = isGiven ? { givenTo: ticket.customerId } : {};
  world.traces.push({ kind: 'ticket.moved', ticketId, status, generation: ticket.generation, cause: what, ...holder });
  if (what === 'refund') closeOpen(world, ticketId, 'void');
  return yes(status);
}

export function applyRules(world: World, version: number, hash: string, rules: EventRules): unknown {
  const current = { version: world.version, hash: `hash-${world.version}` };
  if (version < world.version) return yes(current);
  if (version === world.version) return hash === current.hash ? yes(current) : no('rules_conflict', { version });
  const before = stocks(world);
  const after = stocks(world, rules);
  for (const [stock, { held, sold }] of [...before].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const taken = held + sold;
    const capacity = after.get(stock)?.capacity;
    if (taken > 0 && capacity === undefined) return no('rules_stock_removed', { stock, taken });
    if (capacity !== undefined && capacity < taken) return no('rules_below_sold', { stock, capacity, taken });
  }
  for (const type of world.rules.ticketTypes) {
    const { held, sold } = before.get(`type:${type.id}`)!;
    const next = rules.ticketTypes.find(({ id }) => id === type.id);
    const isOther = next !== undefined && next.admits !== type.admits;
    if (isOther && held + sold > 0) return no('rules_draws_changed', { type: type.name, taken: held + sold });
  }
  for (const { id, name, entry } of world.rules.ticketTypes) {
    const { sold } = before.get(`type:${id}`)!;
    const next = rules.ticketTypes.find((type) => type.id === id)?.entry;
    const isFewer = entry.kind === 'count' && next?.kind === 'count' && next.entries < entry.entries;
    if (isFewer && sold > 0) return no('rules_promise_broken', { type: name, what: 'entries', sold });
  }
  Object.assign(world, { version, rules });
  world.traces.push({ kind: 'rules.applied', version, hash });
  serve(
    world,
    rules.ticketTypes.map(({ id }) => id),
  );
  return yes({ version, hash });
}
