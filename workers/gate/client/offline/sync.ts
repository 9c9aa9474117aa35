import { reconnectDelayMs } from '#shared/gate/reconnect.ts';
import { minuteMs, secondMs } from '#shared/time.ts';
import type { ManifestReply, NewsReply } from '../../views.ts';
import type { NewsFrame } from '../gate-socket.ts';
import { call, type Called } from './call.ts';
import type { EventClock } from './clock.ts';
import type { Knowledge } from './knowledge.ts';
import { countUnsent } from './log.ts';
import { forgetScans, hear, heardSeq } from './memory.ts';
import type { Store } from './store.ts';
import { sendLog, type Sent } from './upload.ts';

export type SyncDeps = {
  readonly store: Store;
  readonly clock: EventClock;
  readonly knowledge: Knowledge;
  readonly deviceId: string;
  readonly urls: { readonly manifest: string; readonly news: string; readonly log: string; readonly proof: string };
};

export type SyncEvents = {
  /** Manifest, reach or log are other than they were. */
  readonly changed: () => void;
  /** This device no longer counts, by its public failure code. */
  readonly shut: (code: string) => void;
  readonly incidents: (count: number) => void;
};

const refreshEveryMs = minuteMs;
/** Every lane hears of new rules in the same instant; their requests are spread over this. */
const spreadMs = 2 * secondMs;
/** HTTP that answered so lately is worth a scan's waiting for it while no socket stands. */
const goodForMs = refreshEveryMs + 15 * secondMs;

/** Keeps what the scanner knows fresh and its log sent, as far as there is a network, and goes on by itself when there is again. */
export class Sync {
  readonly #deps: SyncDeps;
  readonly #events: SyncEvents;
  #answeredAtMs = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | undefined;
  #catching: Promise<boolean> | undefined;
  #isSending = false;
  /** There may be something to send that was not there when the last batch was read. */
  #isWanted = false;
  /** Merged, and still remembered as this phone's own. */
  #passed: Sent['passed'][number][] = [];
  #isSettling = false;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: SyncDeps, events: SyncEvents) {
    this.#deps = deps;
    this.#events = events;
  }

  /** Resolves once the event has answered by HTTP for the first time, or has not. */
  start(): Promise<void> {
    setInterval(() => void this.refresh(), refreshEveryMs);
    this.send();
    return this.refresh();
  }

  /** Whether the event answers by HTTP, as far as one can know without asking. */
  isHttpGood(): boolean {
    return navigator.onLine && performance.now() - this.#answeredAtMs < goodForMs;
  }

  httpFailed(): void {
    this.#answeredAtMs = Number.NEGATIVE_INFINITY;
    this.#events.changed();
  }

  /** Fetches the manifest; one at a time. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async heard(frame: NewsFrame): Promise<void> {
    const { store, knowledge } = this.#deps;
    const follows = await knowledge.follow(frame);
    await hear(store, frame);
    if (!follows) setTimeout(() => void this.refresh(), Math.random() * spreadMs);
    if (frame.afterSequence > (await heardSeq(store))) await this.catchUp();
    this.#events.changed();
  }

  /** Asks for everything between what was heard and now, a page after another. False when it did not get there. */
  catchUp(): Promise<boolean> {
    this.#catching ??= this.#catchUp().finally(() => {
      this.#catching = undefined;
    });
    return this.#catching;
  }

  /** Sends what the log holds, until it is empty or nothing answers; then it tries again by itself. */
  send(): void {
    clearTimeout(this.#retry);
    this.#isWanted = true;
    if (!this.#isSending) void this.#sendAll();
  }

  async #refresh(): Promise<void> {
    const { clock, knowledge, urls } = this.#deps;
    const askedAtMs = clock.deviceNow();
    const called = await this.#call(urls.manifest);
    if (called.kind !== 'answer') return;
    const reply = called.body as ManifestReply;
    await clock.measure(reply.nowMs, askedAtMs);
    await knowledge.take(reply);
    if ((await heardSeq(this.#deps.store)) < (knowledge.known?.manifest.sequence ?? 0)) await this.catchUp();
    this.#events.changed();
  }

  async #catchUp(): Promise<boolean> {
    const { store, knowledge, urls } = this.#deps;
    for (;;) {
      const afterSequence = await heardSeq(store);
      const called = await this.#call(`${urls.news}?after=${afterSequence}`);
      if (called.kind !== 'answer') return false;
      const { seq, news, isAll } = called.body as NewsReply;
      const frame = { afterSequence, sequence: seq, news };
      await knowledge.follow(frame);
      await hear(store, frame);
      if (isAll || seq === afterSequence) return isAll;
    }
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    let isStuck = false;
    while (this.#isWanted && !isStuck) {
      this.#isWanted = false;
      isStuck = !(await this.#sendSome().catch(() => false));
    }
    this.#isSending = false;
    if (!isStuck) return;
    this.#retry = setTimeout(() => this.send(), secondMs + reconnectDelayMs(this.#failures, Math.random()));
    this.#failures += 1;
  }

  /** One batch. False when it did not get anywhere. */
  async #sendSome(): Promise<boolean> {
    const { store, deviceId, urls } = this.#deps;
    if ((await countUnsent(store)) === 0) return true;
    const sent = await sendLog(store, deviceId, async (body) => {
      const called = await this.#call(urls.log, body);
      return called.kind === 'answer' ? called.body : undefined;
    });
    if (sent.acknowledged === 0) return false;
    this.#failures = 0;
    this.#isWanted = true;
    if (sent.incidents > 0) this.#events.incidents(sent.incidents);
    this.#passed.push(...sent.passed);
    void this.#settle().catch(() => undefined);
    this.#events.changed();
    return true;
  }

  /**
   * What the event took over comes back as its own news, perhaps under another instant. Only once those were heard does the
   * scanner forget its own: forgotten earlier, a copy could slip in between; kept, one entry would count as two. The next batch
   * need not wait for that.
   */
  async #settle(): Promise<void> {
    if (this.#isSettling) return;
    this.#isSettling = true;
    try {
      while (this.#passed.length > 0) {
        const passed = this.#passed.splice(0);
        if (await this.catchUp()) await forgetScans(this.#deps.store, passed);
      }
    } finally {
      this.#isSettling = false;
    }
  }

  async #call(url: string, body?: object): Promise<Called> {
    const called = await call(url, this.#deps.urls.proof, body);
    if (called.kind === 'refused' && isAboutDevice(called.code)) this.#events.shut(called.code);
    this.#answeredAtMs = called.kind === 'unreachable' ? Number.NEGATIVE_INFINITY : performance.now();
    return called;
  }
}

/** Locked, over, unknown, nobody on duty. That its key has to be shown again is no news: the call did that. */
function isAboutDevice(code: string): boolean {
  return code.startsWith('device_') && code !== 'device_proof_needed';
}
