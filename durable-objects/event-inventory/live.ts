import type { EventRules } from '#shared/inventory/rules.ts';
import { typeStock, type Stock } from '#shared/inventory/stock.ts';
import { arrivalMinutes, type LiveSnapshot } from '#shared/live/snapshot.ts';
import { minuteMs, type EpochMs } from '#shared/time.ts';
import type { CounterBook } from './counter-book.ts';
import { minuteName } from './counter-book.ts';
import type { StockBook } from './stock-book.ts';

type Books = { readonly stock: StockBook; readonly counters: CounterBook };

const nothing: Stock = { capacity: 0, held: 0, sold: 0 };

/** The live view's numbers, from counters alone: its cost is the same for a hundred tickets and for a million. */
export function liveSnapshot(rules: EventRules, { stock, counters }: Books, seq: number, now: EpochMs): LiveSnapshot {
  const stocks = stock.all();
  const admittedByType = counters.read('admitted-type');
  const admittedByGate = counters.read('admitted-gate');
  const refusedByGate = counters.read('refused-gate');
  const exitedByGate = counters.read('exited-gate');
  const inside = counters.read('inside');
  const arrivals = counters.read('arrivals', minuteName(now - arrivalMinutes * minuteMs));
  return {
    atMs: now,
    seq,
    types: rules.ticketTypes.map(({ id, name }) => {
      const { capacity, held, sold } = stocks.get(typeStock(id)) ?? nothing;
      return { typeId: id, name, capacity, held, sold, admitted: admittedByType.get(id) ?? 0 };
    }),
    gates: rules.gates.map(({ id, name }) => ({
      gateId: id,
      name,
      admitted: admittedByGate.get(id) ?? 0,
      refused: refusedByGate.get(id) ?? 0,
      exited: exitedByGate.get(id) ?? 0,
    })),
    zones: rules.zones.map(({ id, name, occupancyLimit }) => ({
      zoneId: id,
      name,
      inside: inside.get(id) ?? 0,
      ...(occupancyLimit !== undefined && { limit: occupancyLimit }),
    })),
    arrivals: [...arrivals].map(([minute, admitted]) => ({ minute: Number(minute), admitted })),
    links: [...counters.read('sold-via')].map(([code, sold]) => ({ code, sold })),
  };
}

/** At most this often the board hears of changes: four a second. */
export const snapshotEveryMs = 250;

/**
 * Sends the board a snapshot after changes, at most one a tick, and only while somebody watches: the board says how many
 * with each answer, and asks again when the first one comes.
 */
export class LiveFeed {
  readonly #send: () => Promise<{ viewers: number }>;
  #isWatched = false;
  #isScheduled = false;

  constructor(send: () => Promise<{ viewers: number }>) {
    this.#send = send;
  }

  /** The board pulled: somebody watches. */
  watched(): void {
    this.#isWatched = true;
  }

  changed(): void {
    if (!this.#isWatched || this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => void this.#tick(), snapshotEveryMs);
  }

  async #tick(): Promise<void> {
    this.#isScheduled = false;
    try {
      const { viewers } = await this.#send();
      this.#isWatched = viewers > 0;
    } catch (error) {
      // The board pulls by itself while anybody watches: a lost snapshot is replaced within seconds.
      console.error('live board did not answer', error);
    }
  }
}
