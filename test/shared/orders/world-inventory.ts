import type { IssuedTicket, Order } from '#shared/orders/order.ts';
import type { StockOutcome, StockStep } from '#shared/orders/steps.ts';
import { minuteMs, type EpochMs } from '#shared/time.ts';

/** Inventories with few places, as plainly as they can be told. */

export type Hold = {
  state: 'held' | 'firm' | 'confirmed' | 'released' | 'expired' | 'refused';
  expiresAtMs: EpochMs;
};
export type Inventory = { places: number; isCancelled: boolean; holds: Map<string, Hold> };

type About = { readonly now: EpochMs; readonly tickets: readonly IssuedTicket[] };

/** What an inventory does with a step, and answers. */
export function answerOf(inventory: Inventory, step: StockStep, { now, tickets }: About): StockOutcome {
  const { inventoryId, holdId } = step;
  const refusal = (code: 'sold_out' | 'hold_expired' | 'hold_released' | 'event_cancelled'): StockOutcome => {
    return { of: 'refusal', from: step.do, inventoryId, holdId, failure: { code } };
  };
  const hold = inventory.holds.get(holdId);
  switch (step.do) {
    case 'hold':
    case 'issue': {
      const isIssued = step.do === 'issue';
      const expiresAtMs = now + 10 * minuteMs;
      const done: StockOutcome = isIssued
        ? { of: 'issue', inventoryId, holdId, tickets }
        : { of: 'hold', inventoryId, holdId, expiresAtMs };
      if (hold?.state === 'released') return refusal('hold_released');
      if (hold?.state === 'expired') return refusal('hold_expired');
      if (hold?.state === 'refused') return refusal('sold_out');
      if (hold !== undefined) return done;
      const isFirm = step.do === 'hold' && step.firm;
      const isFull = taken(inventory) >= inventory.places;
      const state = isFull ? 'refused' : isIssued ? 'confirmed' : isFirm ? 'firm' : 'held';
      inventory.holds.set(holdId, { state, expiresAtMs });
      return state === 'refused' ? refusal('sold_out') : done;
    }
    case 'firm':
      if (hold === undefined || hold.state === 'expired' || hold.state === 'refused') return refusal('hold_expired');
      if (hold.state === 'released') return refusal('hold_released');
      if (hold.state === 'held') hold.state = 'firm';
      return { of: 'firm', inventoryId, holdId };
    case 'confirm':
      if (hold?.state === 'confirmed') return { of: 'confirm', inventoryId, holdId, tickets };
      if (hold?.state !== 'held' && hold?.state !== 'firm') return refusal('hold_released');
      if (inventory.isCancelled) return refusal('event_cancelled');
      hold.state = 'confirmed';
      return { of: 'confirm', inventoryId, holdId, tickets };
    case 'release':
      if (hold?.state === 'confirmed') throw new Error('What was made into tickets is let go of');
      inventory.holds.set(holdId, { state: 'released', expiresAtMs: 0 });
      return { of: 'release', inventoryId, holdId };
  }
}

export function taken({ holds }: Inventory): number {
  const taking = new Set(['held', 'firm', 'confirmed']);
  return [...holds.values()].filter(({ state }) => taking.has(state)).length;
}

/** The tickets a hold becomes: one for each piece of its section's lines. */
export function ticketsOf({ snapshot }: Order, inventoryId: string, holdId: string): IssuedTicket[] {
  const section = snapshot.sections.find((known) => known.inventoryId === inventoryId);
  const lines = (section?.lines ?? []).filter(({ kind }) => kind === 'ticket');
  return lines.flatMap(({ lineId, itemId: typeId, quantity }) =>
    Array.from({ length: quantity }, (_, index) => {
      const ticketId = `tkt_${inventoryId}/${holdId}/${lineId}/${index}`;
      return { ticketId, typeId, handle: 'X', eventId: inventoryId };
    }),
  );
}
