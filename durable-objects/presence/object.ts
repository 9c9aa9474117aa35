import { createDurable } from 'itty-durable';

/** A look lasts this long unless its page says again that somebody is there; pages say so twice as often. */
export const lookLastsMs = 60_000;
/** Pages counted of one network address: a household or a queue behind one router, not somebody with a loop. */
export const looksPerAddress = 8;
/** Looks kept at most; the oldest make room. More than this on one page is "very many" in any case. */
const looksKept = 50_000;

type Look = { readonly from: string; readonly untilMs: number };

/** Never persists, and answers with what its methods return. */
const InMemory = createDurable({ autoPersist: false, autoReturn: false });

/**
 * How many people look at an event's page now. In memory only: losing it is harmless, since every page says again within
 * half a minute that somebody is there. itty-durable has no calls over RPC, so requests reach it only as its own client
 * makes them (`client.ts`): a visitor's request handed through could name any of its methods, `destroy` among them.
 */
export class PresenceObject extends InMemory {
  /** Oldest first: a look that is renewed moves to the end. */
  readonly #looks = new Map<string, Look>();
  readonly #countOf = new Map<string, number>();
  readonly #clock: () => number;

  constructor(state: DurableObjectState, clock: () => number) {
    // Without bindings: the library would wrap each of them in a client of its own.
    super(state, {});
    this.#clock = clock;
  }

  /** Somebody looks, from an address of which only a pseudonym comes here. Answers how many do. */
  look(lookId: string, from: string): number {
    const now = this.#clock();
    this.#forget(lookId);
    this.#letGo(now);
    if ((this.#countOf.get(from) ?? 0) < looksPerAddress) {
      this.#looks.set(lookId, { from, untilMs: now + lookLastsMs });
      this.#countOf.set(from, (this.#countOf.get(from) ?? 0) + 1);
    }
    return this.#looks.size;
  }

  looking(): number {
    this.#letGo(this.#clock());
    return this.#looks.size;
  }

  /** All last equally long, so what is over stands at the front. */
  #letGo(now: number): void {
    for (const [lookId, { untilMs }] of this.#looks) {
      if (untilMs > now && this.#looks.size < looksKept) return;
      this.#forget(lookId);
    }
  }

  #forget(lookId: string): void {
    const look = this.#looks.get(lookId);
    if (look === undefined) return;
    this.#looks.delete(lookId);
    const rest = (this.#countOf.get(look.from) ?? 1) - 1;
    if (rest === 0) this.#countOf.delete(look.from);
    else this.#countOf.set(look.from, rest);
  }
}
