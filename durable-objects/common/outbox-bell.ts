import type { AlarmClock } from './alarm-clock.ts';

/** Tells the projection that an object has news. May lose, repeat and reorder: it is only a doorbell. */
export type Doorbell = { readonly ring: (source: string) => Promise<void> };

/** How long an unanswered ring may stay unanswered before it is rung again. */
export const ringAgainAfterMs = 5_000;

/**
 * Rings until the reader's cursor has reached the log's head. The cursor each pull arrives with is the only
 * acknowledgement; a ring that got lost is repeated by the object's alarm.
 */
export class OutboxBell {
  readonly #doorbell: Doorbell;
  readonly #source: string;
  readonly #clock: () => number;
  readonly #alarms: AlarmClock;
  #isRung = false;
  #acknowledgedSeq = 0;

  constructor(doorbell: Doorbell, source: string, clock: () => number, alarms: AlarmClock) {
    this.#doorbell = doorbell;
    this.#source = source;
    this.#clock = clock;
    this.#alarms = alarms;
  }

  /** There is something to pull. One ring serves until the next pull. The alarm is set before anything is awaited. */
  async ring(): Promise<void> {
    if (this.#isRung) return;
    this.#isRung = true;
    this.#alarms.ringBy(this.#clock() + ringAgainAfterMs);
    try {
      await this.#doorbell.ring(this.#source);
    } catch {
      // The queue is down: nothing people see depends on it, and the alarm rings again.
      this.#isRung = false;
    }
  }

  /** A reader pulled what comes after `seq`: everything up to there has arrived. */
  pulledAfter(seq: number): void {
    this.#acknowledgedSeq = Math.max(this.#acknowledgedSeq, seq);
    this.#isRung = false;
  }

  /** When the alarm rings: rings the doorbell again if the reader is behind. */
  async remind(headSeq: number): Promise<void> {
    if (this.#acknowledgedSeq >= headSeq) return;
    this.#isRung = false;
    await this.ring();
  }
}
