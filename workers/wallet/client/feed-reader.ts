import { KeptSocket } from '#workers/ui/client/kept-socket.ts';
import type { FeedSource } from '../views.ts';

/** What a reader needs of its page. */
export type FeedReaderEvents = {
  /** Something happened. Resolves once it is shown. */
  readonly onNews: () => Promise<void>;
  /** Whoever looks may not look any more. */
  readonly onShutOut: () => void;
  /** A socket is open, or is not. */
  readonly onTurn: () => void;
};

/** A phone's radio is asked to wake up for this as seldom as proxies allow, which cut what is silent for a minute. */
const beatMs = 25_000;
/** Without a socket, and a random part of it longer: pages must not ask in step. */
const askEveryMs = 15_000;
/** With one, too: a word may be lost, and who catches up with thousands of changes tells nobody. */
const askAnywayEveryMs = 60_000;
/** Pages of changes read in a row; who is further behind draws anew and begins from there. */
const pagesMax = 20;
const shutOut = new Set([401, 403, 404]);

type FeedPage = { readonly changes: readonly unknown[]; cursor: string; hasMore: boolean; isReset: boolean };

/** Follows one feed: told by a socket that there is news, it reads what comes after its cursor. */
export class FeedReader {
  readonly #source: FeedSource;
  readonly #events: FeedReaderEvents;
  #cursor: string;
  #isOpen = false;
  #isAsking = false;
  #isToldAgain = false;
  /** The cursor has moved over something that is not shown yet. */
  #isUndrawn = false;
  #askedAt = Date.now();

  constructor(source: FeedSource, events: FeedReaderEvents) {
    this.#source = source;
    this.#events = events;
    this.#cursor = source.after;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  start(): void {
    new KeptSocket(this.#source.socket, beatMs, {
      onTurn: (isOpen) => {
        this.#isOpen = isOpen;
        this.#events.onTurn();
        // What was missed while there was no socket.
        if (isOpen) void this.ask();
      },
      onText: () => void this.ask(),
      // A refusal looks like a dead network; the feed itself says which of the two it is.
      onUnopened: () => void this.ask(),
    }).start();
    setInterval(() => this.#askInTime(), askEveryMs / 3);
  }

  /** Reads the feed to its end. Told again meanwhile, it looks once more. */
  async ask(): Promise<void> {
    this.#isToldAgain = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#isToldAgain) {
        this.#isToldAgain = false;
        this.#isUndrawn = (await this.#readOn()) || this.#isUndrawn;
        if (this.#isUndrawn) await this.#events.onNews();
        this.#isUndrawn = false;
      }
    } catch {
      // No network, or a page that could not be drawn: the next word or the next minute brings it.
    } finally {
      this.#isAsking = false;
    }
  }

  #askInTime(): void {
    if (document.hidden) return;
    const every = this.#isOpen ? askAnywayEveryMs : askEveryMs;
    if (Date.now() - this.#askedAt >= every * (1 + Math.random() / 3)) void this.ask();
  }

  /** Moves the cursor over what is new; whether there was anything. */
  async #readOn(): Promise<boolean> {
    let hasNews = false;
    for (let page = 0; page < pagesMax; page += 1) {
      this.#askedAt = Date.now();
      const url = `${this.#source.changes}?after=${encodeURIComponent(this.#cursor)}`;
      const response = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store' });
      if (shutOut.has(response.status)) this.#events.onShutOut();
      if (!response.ok) return hasNews;
      const { changes, cursor, hasMore, isReset } = (await response.json()) as FeedPage;
      this.#cursor = cursor;
      hasNews ||= changes.length > 0 || isReset;
      if (!hasMore) return hasNews;
    }
    return hasNews;
  }
}
