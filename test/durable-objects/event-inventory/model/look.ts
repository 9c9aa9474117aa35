import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { EventInventoryObject } from '#objects/event-inventory/object.ts';
import { stocks, ticketsLeft } from './counts.ts';
import { offerOf, whyNotGiven } from './transfers.ts';
import type { Machine } from './machine.ts';
import { insideOf, statusOf, typeOf, type World } from './world.ts';

/** Whether two answers say the same; what is undefined is not said. The slow comparison is only for telling how they differ. */
export function same(what: string, said: unknown, expected: unknown): void {
  const [a, b] = [overTheWire(said), overTheWire(expected)];
  if (!isDeepStrictEqual(a, b)) expect({ [what]: a }).toEqual({ [what]: b });
}

function overTheWire(value: unknown): unknown {
  const text = JSON.stringify(value ?? null);
  return JSON.parse(text) as unknown;
}

function withoutPlace(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'seq' && name !== 'atMs'));
}

/** Compares everything that can be seen of the object with what the model knows. */
export async function look(world: World, machine: Machine): Promise<void> {
  await machine.inside(async (inventory, state) => {
    lookAtStock(world, inventory, state);
    lookAtLive(world, inventory);
    lookAtTickets(world, inventory);
    lookAtTrail(world, machine, inventory);
    const ends = [...world.holds.values()].flatMap(({ status, endsAt }) => (status === 'held' ? [endsAt!] : []));
    if (ends.length > 0) {
      const alarm = (await state.storage.getAlarm()) ?? Infinity;
      same('an alarm for the next hold', alarm <= Math.min(...ends), true);
    }
  });
}

function lookAtStock(world: World, inventory: EventInventoryObject, state: DurableObjectState): void {
  const rows = state.storage.sql
    .exec<{ id: string; capacity: number; held: number; sold: number }>(
      'SELECT stock_id AS id, capacity, held, sold FROM stock ORDER BY stock_id',
    )
    .toArray();
  for (const { id, capacity, held, sold } of rows) {
    if (held + sold > capacity) throw new Error(`I1: ${id} is oversold: ${held} + ${sold} > ${capacity}`);
  }
  const counted = [...stocks(world)].map(([id, stock]) => ({ id, ...stock }));
  same(
    'stocks',
    rows,
    counted.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  );
  const left = { rulesVersion: world.version, left: ticketsLeft(world) };
  same('availability', inventory.availability(), { ok: true, value: left });
  same('admit all', inventory.admitAll() !== undefined, world.areGatesOpen);
}

function lookAtLive(world: World, inventory: EventInventoryObject): void {
  const live = inventory.live();
  const passed = (kind: string, where: (passage: World['passages'][number]) => boolean) =>
    world.passages.filter((passage) => passage.kind === kind && where(passage)).length;
  const all = stocks(world);
  const types = world.rules.ticketTypes.map(({ id, name }) => {
    const admitted = passed('admitted', ({ typeId }) => typeId === id);
    return { typeId: id, name, ...all.get(`type:${id}`)!, admitted };
  });
  same('live types', live?.types, types);
  const zones = world.rules.zones.map(({ id, name, occupancyLimit }) => {
    return { zoneId: id, name, inside: insideOf(world, id), limit: occupancyLimit };
  });
  same('live zones', live?.zones, zones);
  const gates = world.rules.gates.map(({ id, name }) => {
    const at = (kind: string) => passed(kind, ({ gateId }) => gateId === id);
    return { gateId: id, name, admitted: at('admitted'), refused: at('refused'), exited: at('exited') };
  });
  same('live gates', live?.gates, gates);
  const sinceMinute = Math.floor((world.now - 60 * 60_000) / 60_000);
  const recent = passed('admitted', ({ at }) => Math.floor(at / 60_000) >= sinceMinute);
  same(
    'arrivals',
    live?.arrivals.reduce((sum, { admitted }) => sum + admitted, 0),
    recent,
  );
  const vias = [...new Set(world.tickets.flatMap(({ via }) => (via === undefined ? [] : [via])))].toSorted();
  const links = vias.map((code) => ({ code, sold: world.tickets.filter(({ via }) => via === code).length }));
  same('links', live?.links, links);
}

function lookAtTickets(world: World, inventory: EventInventoryObject): void {
  const known = world.tickets.filter(({ typeId }) => typeOf(world, typeId) !== undefined);
  const shown = inventory.showTickets(world.tickets.map(({ id }) => id)).map((ticket) => ({
    id: ticket.ticketId,
    handle: ticket.handle,
    holder: ticket.customerId,
    offered: ticket.transfer?.transferId,
    whyNotGiven: ticket.whyNotGiven,
    status: ticket.status,
    admitted: ticket.admitted,
    generation: ticket.code?.header.generation,
    benefits: ticket.benefitsLeft.map(({ left }) => left),
  }));
  const expected = known.map((ticket) => {
    const status = statusOf(world, ticket);
    const { benefits, code } = typeOf(world, ticket.typeId)!;
    const hasCode = (status === 'active' || status === 'redeemed') && code !== 'live_only';
    return {
      id: ticket.id,
      handle: ticket.handle,
      holder: ticket.customerId,
      offered: offerOf(world, ticket.id)?.id,
      whyNotGiven: whyNotGiven(world, ticket)?.failure,
      status,
      admitted: ticket.use.entries,
      generation: hasCode ? ticket.generation : undefined,
      benefits: benefits.map(({ id, quantity }) => quantity - (ticket.handedOut[id] ?? 0)),
    };
  });
  same('tickets', shown, expected);
}

/** I7: what happened is written, once, in order, and the chain holds. I2: told from what is written, by nothing else. */
function lookAtTrail(world: World, machine: Machine, inventory: EventInventoryObject): void {
  const entries = machine.readTrail(inventory);
  const said = entries.filter(({ kind }) => kind !== 'stock.stands').map(withoutPlace);
  same('I7: the trail', said, world.traces);
  for (const { atMs } of entries) same('I7: when', atMs, world.now);
  world.traces = [];
  const stands = entries.findLast((entry) => entry.kind === 'stock.stands');
  for (const { stockId, ...stock } of stands?.stocks ?? []) same(stockId, stock, stocks(world).get(stockId));
  const check = inventory.checkTrail(machine.checked);
  same('I7: the chain', check.brokenAtSeq, null);
  const { nextSeq, hash } = check;
  same('I7: read to its end', nextSeq, machine.checked.nextSeq + entries.length);
  machine.checked = { nextSeq, hash };
  for (const ticket of world.tickets) {
    const type = typeOf(world, ticket.typeId);
    if (type?.entry.kind !== 'single') continue;
    for (const zone of type.zones) {
      const granted = machine.grants.get(`${ticket.id}/${zone}`) ?? 0;
      if (granted > type.admits) throw new Error(`I2: ${ticket.id} was granted ${granted} times into ${zone}`);
    }
  }
}
