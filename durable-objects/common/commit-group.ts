/** What a group writes besides its items' own rows: the log, counters. Told of each item, so that a failed one leaves nothing. */
export type GroupScope<Lookup = unknown> = {
  /** Before the first item, inside the transaction; with what the items said they would look at. */
  begin(lookups: readonly Lookup[]): void;
  /** Before an item that runs guarded; the answer undoes, in memory, what the item did, and is called if it throws. */
  mark(): () => void;
  /** After an item that runs guarded, inside its own transaction: what it left in memory is written, or fails with it. */
  settle?(): void;
  /** After the last item, still inside the transaction. */
  finish(): void;
  /** After the transaction. */
  committed(): void;
  /** Instead, when it could not be written: what memory says of it is wrong. */
  failed?(): void;
};

/** One item's work, and which rows it will look at: those of a whole group are read together. */
export type Work<Answer, Lookup> = { readonly run: () => Answer; readonly lookup?: Lookup | undefined };

type Waiting<Lookup> = {
  readonly work: Work<unknown, Lookup>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
};
type Settled = () => void;

/** Bounds how long one transaction may hold the object's thread. */
const itemsPerGroup = 512;

/**
 * Calls that reach the object before its next timer turn share one SQLite transaction. If one of them throws, they run again,
 * each in a nested one of its own, so that it hurts nobody else. A flush that fails rejects every waiter: none is left hanging. Answers
 * leave the object only once the rows are durable, by the runtime's output gate.
 */
export class CommitGroup<Lookup = unknown> {
  readonly #storage: DurableObjectStorage;
  readonly #scope: GroupScope<Lookup>;
  #waiting: Waiting<Lookup>[] = [];
  #isScheduled = false;

  constructor(storage: DurableObjectStorage, scope: GroupScope<Lookup>) {
    this.#storage = storage;
    this.#scope = scope;
  }

  /** Runs `work` in the next group. It must be synchronous, write through the object's storage only, and may run twice. */
  run<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#wait({ work: { run: work }, resolve: (value) => resolve(value as T), reject });
    });
  }

  /** Many works at once, with one promise for all of them; what throws is answered by `ifThrown`, and hurts no other. */
  runMany<T>(works: readonly Work<T, Lookup>[], ifThrown: (error: unknown) => T): Promise<T[]> {
    if (works.length === 0) return Promise.resolve([]);
    return new Promise((resolve) => {
      const answers: T[] = [];
      let left = works.length;
      const settle = (index: number, answer: T): void => {
        answers[index] = answer;
        left -= 1;
        if (left === 0) resolve(answers);
      };
      for (const [index, work] of works.entries()) {
        const reject = (error: unknown): void => settle(index, ifThrown(error));
        this.#wait({ work, resolve: (value) => settle(index, value as T), reject });
      }
    });
  }

  #wait(item: Waiting<Lookup>): void {
    this.#waiting.push(item);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => this.#flush(), 0);
  }

  #flush(): void {
    this.#isScheduled = false;
    const items = this.#waiting.splice(0, itemsPerGroup);
    if (this.#waiting.length > 0) this.#schedule();
    const settled = this.#runPlain(items) ?? this.#runGuarded(items);
    if (settled === undefined) return;
    for (const settle of settled) settle();
    this.#scope.committed();
  }

  #begin(items: readonly Waiting<Lookup>[]): void {
    this.#scope.begin(items.flatMap(({ work }) => work.lookup ?? []));
  }

  /**
   * All items in the one transaction: nearly always none throws, and without a nested transaction each a batch of small items
   * is done a fifth faster. Undefined when one threw, or the whole could not be written: then nothing happened, in storage or in memory.
   */
  #runPlain(items: readonly Waiting<Lookup>[]): Settled[] | undefined {
    try {
      return this.#storage.transactionSync(() => {
        this.#begin(items);
        const values = items.map(({ work }) => work.run());
        this.#scope.finish();
        return items.map((item, index) => () => item.resolve(values[index]));
      });
    } catch {
      this.#scope.failed?.();
      return undefined;
    }
  }

  /** Again, each in a transaction of its own: the one that throws hurts nobody else. Undefined once all were rejected. */
  #runGuarded(items: readonly Waiting<Lookup>[]): Settled[] | undefined {
    try {
      return this.#storage.transactionSync(() => this.#runEach(items));
    } catch (error) {
      this.#scope.failed?.();
      for (const item of items) item.reject(error);
      return undefined;
    }
  }

  #runEach(items: readonly Waiting<Lookup>[]): Settled[] {
    this.#begin(items);
    const settled = items.map((item) => {
      const undo = this.#scope.mark();
      try {
        const value = this.#storage.transactionSync(() => this.#runOne(item));
        return () => item.resolve(value);
      } catch (error) {
        undo();
        return () => item.reject(error);
      }
    });
    this.#scope.finish();
    return settled;
  }

  #runOne({ work }: Waiting<Lookup>): unknown {
    const value = work.run();
    this.#scope.settle?.();
    return value;
  }
}
