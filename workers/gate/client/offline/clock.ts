import type { EpochMs } from '#shared/time.ts';
import { minuteMs, secondMs } from '#shared/time.ts';
import { keep, read, type Kept, type Store } from './store.ts';

/** A phone's clock that is off by more is shown to its steward, though decisions are set right by it. */
export const driftWorthSayingMs = 2 * minuteMs;
/** A slower answer says too little about when it was given. */
const roundTripMax = 10 * secondMs;
const jitterMs = 2 * secondMs;

/** What time it is at the event, as well as this phone can tell. */
export class EventClock {
  readonly #store: Store;
  readonly #deviceNow: () => EpochMs;
  #measured: Kept['clock'] | undefined;

  private constructor(store: Store, deviceNow: () => EpochMs, measured: Kept['clock'] | undefined) {
    this.#store = store;
    this.#deviceNow = deviceNow;
    this.#measured = measured;
  }

  static async open(store: Store, deviceNow: () => EpochMs = () => Date.now()): Promise<EventClock> {
    return new EventClock(store, deviceNow, await read(store, 'clock'));
  }

  now(): EpochMs {
    return this.#deviceNow() + (this.#measured?.offsetMs ?? 0);
  }

  deviceNow(): EpochMs {
    return this.#deviceNow();
  }

  /** As a record states it; absent when nothing was measured, or the phone's clock was set back since. */
  stated(): { readonly offsetMs: number; readonly ageMs: number } | undefined {
    if (this.#measured === undefined || this.wasSetBack()) return undefined;
    const { offsetMs, measuredAtMs } = this.#measured;
    return { offsetMs, ageMs: Math.max(0, this.#deviceNow() - measuredAtMs) };
  }

  /** Server's minus phone's, in milliseconds. */
  get offsetMs(): number {
    return this.#measured?.offsetMs ?? 0;
  }

  /** What was measured is worth nothing then, until the event is heard again. */
  wasSetBack(): boolean {
    return this.#measured !== undefined && this.#deviceNow() < this.#measured.measuredAtMs - jitterMs;
  }

  /** The server said what time it is, somewhere between asking and its answer. */
  async measure(serverNowMs: EpochMs, askedAtMs: EpochMs): Promise<void> {
    const measuredAtMs = this.#deviceNow();
    const roundTripMs = measuredAtMs - askedAtMs;
    if (roundTripMs < 0 || roundTripMs > roundTripMax) return;
    const offsetMs = Math.round(serverNowMs + roundTripMs / 2 - measuredAtMs);
    this.#measured = { offsetMs, measuredAtMs };
    await keep(this.#store, 'clock', this.#measured);
  }
}
