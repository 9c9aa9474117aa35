import type { OverrideCause, Verdict } from '#shared/admission/verdict.ts';

/**
 * Scans wait here until the event has answered each. One is sent at a time, so answers come in the order of the people.
 * A scan keeps its id through every retry: if the answer was lost on the way back, asking again admits nobody twice.
 */
export type Scan = {
  readonly scanId: string;
  readonly code: string;
  readonly ticketId?: string | undefined;
  readonly direction: 'in' | 'out';
  /** What the steward compared before this scan. */
  readonly identity?: 'name' | 'document' | undefined;
  readonly override?: { readonly cause: OverrideCause } | undefined;
  /** Where the scanner was, in degrees, when it says so. */
  readonly location?: { readonly latitude: number; readonly longitude: number } | undefined;
  /** This device's own clock when the code was read: it may be sent much later. */
  readonly deviceAtMs: number;
};

/** What the event made of a scan: a verdict, or why there is none (RFC 9457). */
export type Reply =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'problem'; readonly code: string; readonly title: string; readonly detail: string }
  /** No answer, or one that says "later". */
  | { readonly kind: 'unreachable'; readonly retryAfterMs: number | undefined };

export type ScanQueueDeps = {
  send(scan: Scan): Promise<Reply>;
  wait(ms: number): Promise<void>;
  /** Called as the queue moves; `waiting` counts the scan being sent. */
  onSending(waiting: number): void;
  onUnreachable(waiting: number): void;
  onReply(scan: Scan, reply: Exclude<Reply, { kind: 'unreachable' }>, waiting: number): void;
};

/** Past this a queue of people has formed that no screen should pretend to be serving. */
export const waitingMax = 64;

const firstRetryMs = 500;
const slowestRetryMs = 5_000;

export class ScanQueue {
  readonly #deps: ScanQueueDeps;
  readonly #scans: Scan[] = [];
  #isSending = false;

  constructor(deps: ScanQueueDeps) {
    this.#deps = deps;
  }

  get waiting(): number {
    return this.#scans.length;
  }

  /** False when the queue is full and the scan was not taken. */
  add(scan: Scan): boolean {
    if (this.#scans.length >= waitingMax) return false;
    this.#scans.push(scan);
    if (!this.#isSending) void this.#sendAll();
    return true;
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    for (let scan = this.#scans[0]; scan !== undefined; scan = this.#scans[0]) {
      this.#deps.onSending(this.#scans.length);
      const reply = await this.#sendUntilAnswered(scan);
      this.#scans.shift();
      this.#deps.onReply(scan, reply, this.#scans.length);
    }
    this.#isSending = false;
  }

  async #sendUntilAnswered(scan: Scan): Promise<Exclude<Reply, { kind: 'unreachable' }>> {
    for (let delayMs = firstRetryMs; ; delayMs = Math.min(delayMs * 2, slowestRetryMs)) {
      const reply = await this.#deps.send(scan);
      if (reply.kind !== 'unreachable') return reply;
      this.#deps.onUnreachable(this.#scans.length);
      await this.#deps.wait(reply.retryAfterMs ?? delayMs);
    }
  }
}
