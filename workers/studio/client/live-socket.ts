import { acknowledgeEvery, acknowledgement, type LiveSnapshot } from '#shared/live/snapshot.ts';

/** Keeps one socket to an event's board open, and says when there is none. */
type LiveSocketEvents = {
  /** `isOpen` turned. */
  readonly onTurn: (isOpen: boolean) => void;
  readonly onSnapshot: (snapshot: LiveSnapshot) => void;
  /** A socket closed before it opened: perhaps a refusal, which browsers hide from scripts. */
  readonly onUnopened: () => void;
};

const beatMs = 5_000;
const firstRetryMs = 1_000;
const slowestRetryMs = 30_000;
/** The board wants the session asked for again: nothing is wrong, and nothing need be said. */
const lookAgainCode = 4000;

/**
 * From one second up to twice as long after each failure, thirty seconds at most, anywhere in between: after a deploy
 * every viewer is cut at once, and they must not all come back at once.
 */
export function retryDelayMs(failures: number, random: number): number {
  const longest = Math.min(firstRetryMs * 2 ** (failures + 1), slowestRetryMs);
  return firstRetryMs + random * (longest - firstRetryMs);
}

export class LiveSocket {
  readonly #url: string;
  readonly #events: LiveSocketEvents;
  #socket: WebSocket | undefined;
  #failures = 0;
  #isHeard = true;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, events: LiveSocketEvents) {
    this.#url = url;
    this.#events = events;
  }

  start(): void {
    this.#open();
    setInterval(() => this.#beat(), beatMs);
    // The browser knows at once; a socket may take minutes to notice.
    addEventListener('offline', () => this.#drop());
    addEventListener('online', () => this.#comeBack());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#comeBack();
    });
    // A page kept for the Back button has a dead socket. One that is left must not hold on to a live one.
    addEventListener('pagehide', () => this.#drop());
    addEventListener('pageshow', ({ persisted }) => persisted && this.#comeBack());
  }

  #open(): void {
    clearTimeout(this.#retry);
    const socket = new WebSocket(this.#url);
    const isCurrent = () => this.#socket === socket;
    let hasOpened = false;
    let unacknowledged = 0;
    this.#socket = socket;
    this.#isHeard = true;
    socket.addEventListener('open', () => {
      if (!isCurrent()) return;
      hasOpened = true;
      this.#events.onTurn(true);
    });
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isCurrent()) return;
      this.#isHeard = true;
      // Only something heard proves the way back: a proxy may open sockets that lead nowhere.
      this.#failures = 0;
      if (data === 'pong' || typeof data !== 'string') return;
      this.#events.onSnapshot(JSON.parse(data) as LiveSnapshot);
      unacknowledged += 1;
      if (unacknowledged < acknowledgeEvery) return;
      unacknowledged = 0;
      socket.send(acknowledgement);
    });
    socket.addEventListener('close', ({ code }) => {
      if (!isCurrent()) return;
      if (!hasOpened) this.#events.onUnopened();
      if (hasOpened && code === lookAgainCode && !document.hidden) this.#open();
      else this.#drop();
    });
  }

  /** In a hidden tab timers run once a minute at best: nothing is asked there and nothing concluded. */
  #beat(): void {
    if (document.hidden || this.#socket === undefined) return;
    if (!this.#isHeard) {
      this.#drop();
      return;
    }
    this.#isHeard = false;
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send('ping');
  }

  /** Gives the socket up without waiting for its goodbye, which a dead network never brings. */
  #drop(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    socket.close();
    this.#events.onTurn(false);
    const delayMs = retryDelayMs(this.#failures, Math.random());
    this.#failures += 1;
    // Nobody looks, or there is no network: whatever ends that also starts the next attempt.
    this.#retry = setTimeout(() => {
      if (!document.hidden && navigator.onLine) this.#open();
    }, delayMs);
  }

  #comeBack(): void {
    this.#isHeard = true;
    if (this.#socket === undefined) this.#open();
    else this.#beat();
  }
}
