import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { typeOf, type Hold, type Line, type Ticket, type World } from './world.ts';

/** What is taken, counted again each time it is asked. */
export const taking = (hold: Hold) => hold.status === 'held' || hold.status === 'firm';

export type Taken = { capacity: number; held: number; sold: number };

/** Every stock of the rules in force, counted from holds and tickets. */
export function stocks(world: World, rules: EventRules = world.rules): Map<string, Taken> {
  const held: Line[] = [...world.holds.values()].filter(taking).flatMap(({ lines }) => lines);
  const sold: Line[] = world.tickets
    .filter(({ stopped }) => stopped !== 'refunded')
    .map(({ typeId }) => ({ typeId, quantity: 1 }));
  const ofType = (lines: Line[], id: string) =>
    lines.filter(({ typeId }) => typeId === id).reduce((sum, { quantity }) => sum + quantity, 0);
  const ofPool = (lines: Line[], id: string) =>
    world.rules.ticketTypes
      .filter(({ pools }) => pools.includes(id))
      .reduce((sum, type) => sum + ofType(lines, type.id) * type.admits, 0);
  return new Map([
    ...rules.ticketTypes.map(
      ({ id, capacity }) => [`type:${id}`, { capacity, held: ofType(held, id), sold: ofType(sold, id) }] as const,
    ),
    ...rules.pools.map(
      ({ id, capacity }) => [`pool:${id}`, { capacity, held: ofPool(held, id), sold: ofPool(sold, id) }] as const,
    ),
  ]);
}

export type Left = Map<string, number>;

export function left(world: World, setAside: readonly Line[] = []): Left {
  const spare = needs(world, setAside);
  return new Map(
    [...stocks(world)].map(([id, { capacity, held, sold }]) => [id, capacity - held - sold + (spare.get(id) ?? 0)]),
  );
}

export function needs(world: World, lines: readonly Line[]): Map<string, number> {
  const total = new Map<string, number>();
  const add = (id: string, by: number) => total.set(id, (total.get(id) ?? 0) + by);
  for (const { typeId, quantity } of lines) {
    const type = typeOf(world, typeId);
    if (type === undefined) continue;
    add(`type:${typeId}`, quantity);
    for (const pool of type.pools) add(`pool:${pool}`, quantity * type.admits);
  }
  return total;
}

export const fits = (world: World, lines: readonly Line[], free: Left) =>
  [...needs(world, lines)].every(([id, quantity]) => quantity <= (free.get(id) ?? 0));

export function canStillBuy(type: TicketType, free: Left): number {
  const ofPools = type.pools.map((pool) => Math.floor(Math.max(0, free.get(`pool:${pool}`) ?? 0) / type.admits));
  return Math.min(Math.max(0, free.get(`type:${type.id}`) ?? 0), ...ofPools);
}

export function ticketsLeft(world: World): Record<string, number> {
  const free = left(world);
  return Object.fromEntries(world.rules.ticketTypes.map((type) => [type.id, canStillBuy(type, free)]));
}

export function takenBy(world: World, customerId: string, id: string): number {
  const holds = [...world.holds.values()].filter((hold) => taking(hold) && hold.customerId === customerId);
  const held = holds.flatMap(({ lines }) => lines).filter(({ typeId }) => typeId === id);
  // A ticket that was given counts for both.
  const isTheirs = (ticket: Ticket) => ticket.customerId === customerId || ticket.boughtBy === customerId;
  const own = world.tickets.filter((ticket) => isTheirs(ticket) && ticket.typeId === id);
  return (
    held.reduce((sum, { quantity }) => sum + quantity, 0) + own.filter(({ stopped }) => stopped !== 'refunded').length
  );
}

export function usesOf(world: World, via: string, id: string): number {
  return [...world.holds.values()]
    .filter((hold) => hold.via === via && (taking(hold) || hold.status === 'confirmed'))
    .flatMap(({ lines }) => lines)
    .filter(({ typeId }) => typeId === id)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

export function usesLeft(world: World, via: string | undefined, id: string): number | undefined {
  const found = world.entitlements.find((each) => each.id === via && each.typeId === id);
  if (found === undefined || via === undefined || found.endsAt <= world.now) return undefined;
  return found.granted - usesOf(world, via, id);
}
