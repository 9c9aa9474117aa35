import { lookAgainCode } from '#shared/live/close-codes.ts';

/** What a socket that is kept open tells its page. */
export type KeptSocketEvents = {
  /** `isOpen` turned. */
  readonly onTurn: (isOpen: boolean) => void;
  /** Something was said. `answer` goes back over the very socket it came by. */
  readonly onText: (text: string, answer: (text: string) => void) => void;
  /** A socket closed before it opened: perhaps a refusal, which browsers hide from scripts. */
  readonly onUnopened: () => void;
};

const firstRetryMs = 1_000;
const slowestRetryMs = 30_000;

/**
 * From one second up to twice as long after each failure, thirty seconds at most, anywhere in between: after a deploy
 * every page is cut at once, and they must not all come back at once.
 */
function retryDelayMs(failures: number, random: number): number {
  const longest = Math.min(firstRetryMs * 2 ** (failures + 1), slowestRetryMs);
  return firstRetryMs + random * (longest - firstRetryMs);
}

/** Keeps one socket open as long as somebody looks, and says when there is none. */
export class KeptSocket {
  readonly #url: string;
  readonly #beatMs: number;
  readonly #events: KeptSocketEvents;
  #socket: WebSocket | undefined;
  #failures = 0;
  #isHeard = true;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** `path`: on this site. `beatMs`: how often the other side is asked whether it is there. */
  constructor(path: string, beatMs: number, events: KeptSocketEvents) {
    this.#url = new URL(path, location.href.replace(/^http/, 'ws')).href;
    this.#beatMs = beatMs;
    this.#events = events;
  }

  start(): void {
    this.#open();
    setInterval(() => this.#beat(), this.#beatMs);
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
      this.#events.onText(data, (text) => socket.send(text));
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
