import { minuteMs, type EpochMs } from '#shared/time.ts';
import { acknowledgeEvery } from '#shared/live/snapshot.ts';
import { lookAgainCode, tooFarBehindCode } from './client.ts';

/** Kept with a hibernating socket. */
type Attachment = { readonly untilMs: EpochMs };

/**
 * A socket lives this long and a random part of the second figure; then its viewer comes back through the Worker, which
 * asks for the session again. So whoever is signed out elsewhere sees at most five minutes more of numbers that name
 * nobody, boards need know neither sessions nor D1, and ten thousand viewers are forty sign-in checks a second.
 */
const leaseMs = { least: 4 * minuteMs, spread: minuteMs } as const;

/** Snapshots a viewer may owe an answer for: four of the times at which it gives one, ten seconds and more. */
const unansweredLimit = 4 * acknowledgeEvery;
/**
 * So many sockets are written to at once, and the next so much later. A crowd sets its own pace by that: up to four hundred
 * viewers hear of every change, which is four a second, five thousand of them every three seconds; and writing takes
 * the same small share of the thread however many watch.
 */
const slice = { viewers: 20, everyMs: 12 } as const;

/** The viewers of one board: told the newest snapshot, and let go when their time is over or they cannot keep up. */
export class Viewers {
  readonly #ctx: DurableObjectState;
  /** Sent and not answered for. Forgotten with the object's memory, which only makes it patient. */
  readonly #unanswered = new WeakMap<WebSocket, number>();
  #newest: string | undefined;
  #isTelling = false;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  count(): number {
    return this.#ctx.getWebSockets().length;
  }

  accept(socket: WebSocket, now: EpochMs, random: number): void {
    this.#ctx.acceptWebSocket(socket);
    socket.serializeAttachment({ untilMs: now + leaseMs.least + random * leaseMs.spread } satisfies Attachment);
  }

  /** The viewer has read everything sent before it said so. */
  answered(socket: WebSocket): void {
    this.#unanswered.delete(socket);
  }

  /**
   * Tells everybody, some at a time. What becomes newer meanwhile is what those still waiting are told: a viewer may
   * miss a snapshot, but never gets an old one after a new one.
   */
  async tell(text: string): Promise<void> {
    this.#newest = text;
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (let told: string | undefined; told !== this.#newest;) {
        told = this.#newest;
        await this.#tellAll();
      }
    } finally {
      this.#isTelling = false;
    }
  }

  /** Sends home whoever's time is over. */
  endLeases(now: EpochMs): void {
    for (const socket of this.#ctx.getWebSockets()) {
      const { untilMs } = socket.deserializeAttachment() as Attachment;
      if (untilMs <= now) socket.close(lookAgainCode, 'look again');
    }
  }

  async #tellAll(): Promise<void> {
    const sockets = this.#ctx.getWebSockets();
    for (let at = 0; at < sockets.length; at += slice.viewers) {
      for (const socket of sockets.slice(at, at + slice.viewers)) this.#send(socket, this.#newest ?? '');
      if (at + slice.viewers < sockets.length) await nextSlice();
    }
  }

  /** Nobody can ask a socket how much it still holds back; a viewer that stopped answering is one that stopped reading. */
  #send(socket: WebSocket, text: string): void {
    const unanswered = (this.#unanswered.get(socket) ?? 0) + 1;
    try {
      if (unanswered > unansweredLimit) socket.close(tooFarBehindCode, 'too far behind');
      else socket.send(text);
    } catch {
      // Closed meanwhile: its viewer reconnects and gets a snapshot.
    }
    this.#unanswered.set(socket, unanswered);
  }
}

function nextSlice(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, slice.everyMs);
  });
}
