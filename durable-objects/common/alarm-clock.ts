/**
 * An object has one alarm for all its reasons. This keeps the earliest of what was asked for, and writes only when that
 * changes: setting an alarm is a written row.
 *
 * `ringBy` is synchronous, so that an alarm asked for beside a commit is written with it: a crash between the two would
 * leave work that nobody ever comes back to.
 */
export class AlarmClock {
  readonly #ctx: DurableObjectState;
  #setForMs = Number.POSITIVE_INFINITY;

  constructor(ctx: DurableObjectState, onceKnown: () => void) {
    this.#ctx = ctx;
    // Nothing is let in before it is known what an earlier life of this object asked for. `onceKnown` asks again for
    // whatever storage says is due: an alarm that was ringing when the object was stopped is gone until it is retried.
    void ctx.blockConcurrencyWhile(async () => {
      this.#setForMs = (await ctx.storage.getAlarm()) ?? Number.POSITIVE_INFINITY;
      onceKnown();
    });
  }

  /** Makes sure the alarm rings no later than `atMs`. */
  ringBy(atMs: number): void {
    if (this.#setForMs <= atMs) return;
    this.#setForMs = atMs;
    this.#ctx.waitUntil(this.#ctx.storage.setAlarm(atMs));
  }

  /** Call first when the alarm rings: nothing is set any more. */
  rang(): void {
    this.#setForMs = Number.POSITIVE_INFINITY;
  }
}
