import { reconnectDelayMs } from '#shared/gate/reconnect.ts';
import type { FromScanner, ScannerStatus } from '#shared/gate/scanner-messages.ts';
import { unansweredLimit, type Announcement, type GateNews, type ToScanner } from '#shared/gate/socket-messages.ts';

type Question = Exclude<FromScanner, { t: 'prove' | 'status' }>;
type Answer = Extract<ToScanner, { t: 'verdict' | 'undone' | 'refused' }>;

export type NewsFrame = {
  readonly afterSequence: number;
  readonly sequence: number;
  readonly news: readonly GateNews[];
};

/** What the connection tells its page. */
export type GateSocketEvents = {
  /** Each question is answered exactly once, whatever the network did meanwhile. */
  readonly answered: (question: Question, answer: Answer) => void;
  /** What happened at gates between two numbers of the event's log. */
  readonly news: (frame: NewsFrame) => void;
  /** More was missed than could be told: it is to be fetched. */
  readonly missed: () => void;
  /** Every gate admits everybody, or not. Said each time the connection stands anew. */
  readonly gates: (areOpen: boolean) => void;
  /** What a supervisor tells every steward; the newest is said again each time the connection stands anew. */
  readonly announced: (announcement: Announcement) => void;
  readonly state: (state: 'connecting' | 'online' | 'away' | 'shut', waiting: number) => void;
};

/** What the connection needs of its browser. */
export type GateSocketPorts = {
  readonly open: () => Promise<WebSocket>;
  readonly prove: (nonce: string) => Promise<{ readonly deviceId: string; readonly signature: string }>;
  readonly after: (delayMs: number, work: () => void) => void;
  readonly chance: () => number;
  /** The log number up to which everything was heard, however long ago; undefined when nothing was. */
  readonly since?: () => Promise<number>;
};

/** Beats without a word from the other side after which a connection is taken for dead. Networks rarely say so themselves. */
const silentBeatsMax = 3;

/** Closed by the event because this device no longer counts: coming back is of no use. */
const shutCodes = new Set([4401, 4403]);

/**
 * A scanner's connection to its event. Questions wait here until they are answered: after a deploy or a lost network it
 * comes back after a random while, proves its key again and sends the same ids, which get the same answers.
 */
export class GateSocket {
  readonly #ports: GateSocketPorts;
  readonly #events: GateSocketEvents;
  readonly #waiting = new Map<string, Question>();
  readonly #underWay = new Set<string>();
  #socket: WebSocket | undefined;
  #isReady = false;
  #isStopped = false;
  #failures = 0;
  #seq: number | undefined;
  #silentBeats = 0;

  constructor(ports: GateSocketPorts, events: GateSocketEvents) {
    this.#ports = ports;
    this.#events = events;
  }

  async connect(): Promise<void> {
    if (this.#isStopped) return;
    this.#events.state('connecting', this.#waiting.size);
    try {
      const socket = await this.#ports.open();
      this.#socket = socket;
      socket.addEventListener('message', ({ data }) => void this.#heard(socket, String(data)));
      socket.addEventListener('close', ({ code }) => this.#lost(socket, code));
      socket.addEventListener('error', () => this.#lost(socket, 0));
    } catch {
      this.#comeBack();
    }
  }

  ask(question: Question): void {
    this.#waiting.set(question.id, question);
    this.#sendWhatMay();
  }

  /** Says how this scanner is; lost without harm when nobody listens. */
  tell(status: ScannerStatus): void {
    if (this.#isReady) this.#socket?.send(JSON.stringify({ t: 'status', ...status } satisfies FromScanner));
  }

  /** Nobody waits for this any more: it is not asked again after a reconnect. */
  forget(id: string): void {
    this.#waiting.delete(id);
    this.#underWay.delete(id);
  }

  /** Called every few seconds: asks for a sign of life, and gives the connection up when there was none. */
  beat(): void {
    if (this.#socket === undefined || !this.#isReady) return;
    if (this.#silentBeats >= silentBeatsMax) return this.drop();
    this.#silentBeats += 1;
    this.#socket.send('ping');
  }

  /** The network is known to be gone: what waits is not kept waiting for a time-out. */
  drop(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#lost(socket, 0);
    socket.close(1000, 'network gone');
  }

  stop(): void {
    this.#isStopped = true;
    this.#socket?.close(1000, 'stopped');
  }

  async #heard(socket: WebSocket, text: string): Promise<void> {
    if (socket !== this.#socket) return;
    this.#silentBeats = 0;
    if (!text.startsWith('{')) return;
    const message = JSON.parse(text) as ToScanner;
    switch (message.t) {
      case 'challenge': {
        const proof = await this.#ports.prove(message.nonce);
        this.#seq = (await this.#ports.since?.()) ?? this.#seq;
        socket.send(JSON.stringify({ t: 'prove', ...proof, since: this.#seq } satisfies FromScanner));
        return;
      }
      case 'ready':
        return this.#begin(message);
      case 'say':
        return this.#events.announced(message.announcement);
      case 'news':
        return this.#tell(message.seq, message.news);
      case 'verdict':
      case 'undone':
      case 'refused':
        return this.#settle(message);
    }
  }

  #begin({ seq, news, areGatesOpen, announcement }: Extract<ToScanner, { t: 'ready' }>): void {
    this.#failures = 0;
    if (announcement !== undefined) this.#events.announced(announcement);
    this.#isReady = true;
    this.#events.gates(areGatesOpen);
    if (news !== undefined) this.#tell(seq, news);
    else if (this.#seq !== undefined) {
      this.#seq = seq;
      this.#events.missed();
    } else this.#seq = seq;
    this.#sendWhatMay();
    this.#events.state('online', this.#waiting.size);
  }

  #tell(sequence: number, news: readonly GateNews[]): void {
    const afterSequence = this.#seq ?? sequence;
    this.#seq = sequence;
    this.#events.news({ afterSequence, sequence, news });
  }

  #settle(answer: Answer): void {
    const question = answer.id === undefined ? undefined : this.#waiting.get(answer.id);
    if (question === undefined) return;
    this.#underWay.delete(question.id);
    // Not a decision: the same question is asked again when there is room.
    const isPutOff = answer.t === 'refused' && answer.code === 'too_many_unanswered';
    if (!isPutOff) {
      this.#waiting.delete(question.id);
      this.#events.answered(question, answer);
    }
    this.#sendWhatMay();
  }

  #sendWhatMay(): void {
    if (!this.#isReady) return;
    for (const [id, question] of this.#waiting) {
      if (this.#underWay.size >= unansweredLimit) return;
      if (this.#underWay.has(id)) continue;
      this.#underWay.add(id);
      this.#socket?.send(JSON.stringify(question));
    }
  }

  #lost(socket: WebSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    this.#isReady = false;
    this.#underWay.clear();
    if (shutCodes.has(code)) {
      this.#isStopped = true;
      this.#events.state('shut', this.#waiting.size);
    } else this.#comeBack();
  }

  #comeBack(): void {
    if (this.#isStopped) return;
    this.#events.state('away', this.#waiting.size);
    const delayMs = reconnectDelayMs(this.#failures, this.#ports.chance());
    this.#failures += 1;
    this.#ports.after(delayMs, () => void this.connect());
  }
}
