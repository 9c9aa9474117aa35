/**
 * An object has one alarm for all its reasons. This keeps the earliest of what was asked for, and writes only when
 * that changes: setting an alarm is a written row.
 */
export class AlarmClock {
  readonly #storage: DurableObjectStorage;
  /** As far as this instance knows; undefined until it has asked or set it. */
  #setForMs: number | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Makes sure the alarm rings no later than `atMs`. */
  async ringBy(atMs: number): Promise<void> {
    this.#setForMs ??= (await this.#storage.getAlarm()) ?? Number.POSITIVE_INFINITY;
    if (this.#setForMs <= atMs) return;
    this.#setForMs = atMs;
    await this.#storage.setAlarm(atMs);
  }

  /** Call first when the alarm rings: nothing is set any more. */
  rang(): void {
    this.#setForMs = Number.POSITIVE_INFINITY;
  }
}
