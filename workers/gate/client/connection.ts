import { minuteMs } from '#shared/time.ts';
import type { Announcement } from '#shared/gate/socket-messages.ts';
import { countUnsent } from './offline/log.ts';
import { Sync } from './offline/sync.ts';
import { heardSeq, keepGatesOpen } from './offline/memory.ts';
import { read, type Store } from './offline/store.ts';
import type { EventClock } from './offline/clock.ts';
import type { Knowledge } from './offline/knowledge.ts';
import { openScanLink } from './scan-link.ts';
import type { Reply, Scan } from './scan-queue.ts';
import { sendScan } from './send-scan.ts';

/** How scans and logs reach the event, best way first: the socket, HTTP where no socket stands, or not at all. */
export type Connection = {
  /**
   * Asks the event; undefined when it can't be asked now. While that is still being found out, the question waits for it:
   * whoever scans in the first moments has not lost a network, and a phone just enrolled has nothing else to decide by.
   */
  readonly way: () => ((scan: Scan) => Promise<Reply>) | undefined;
  readonly state: () => 'connecting' | 'open' | 'away';
  readonly areGatesOpen: () => boolean;
  /** There is something to send, if there is anybody to send it to. */
  readonly send: () => void;
};

export type ConnectionDeps = {
  readonly dataset: DOMStringMap;
  readonly store: Store;
  readonly clock: EventClock;
  readonly knowledge: Knowledge;
  /** Reach, list or log changed. */
  readonly changed: () => void;
  readonly gatesChanged: () => void;
  /** So many of what this scanner had to send overlapped with what was known. */
  readonly incidents: (count: number) => void;
  /** Somewhere something needs a supervisor. */
  readonly incidentHeard: () => void;
  /** A supervisor speaks to every steward. */
  readonly announced: (announcement: Announcement) => void;
  /** This device is none any more, or has nobody on duty; by its public failure code. */
  readonly shut: (code: string) => void;
};

export async function connect(deps: ConnectionDeps): Promise<Connection> {
  const { dataset, store, changed } = deps;
  let areGatesOpen = (await read(store, 'areGatesOpen')) ?? false;
  const opening = new Opening(changed);
  const setGates = (areOpen: boolean) => {
    if (areOpen !== areGatesOpen) void keepGatesOpen(store, areOpen);
    areGatesOpen = areOpen;
    deps.gatesChanged();
  };
  const sync = openSync(deps);
  const link = openScanLink(dataset['socket'] ?? '', dataset['deviceId'] ?? '', {
    news(frame) {
      for (const [what, state] of frame.news) if (what === 'gates') setGates(state === 'open');
      if (frame.news.some(([what]) => what === 'incident')) deps.incidentHeard();
      void sync.heard(frame);
    },
    missed: () => void sync.catchUp(),
    gates: setGates,
    announced: deps.announced,
    state(isOpen) {
      if (isOpen) {
        opening.finish();
        void sync.refresh().then(tellStatus);
        sync.send();
      } else sync.httpFailed();
      changed();
    },
    failed: () => opening.failed('socket'),
    shut: () => deps.shut('device_revoked'),
    since: () => heardSeq(store),
  });
  const byHttp = async (scan: Scan): Promise<Reply> => {
    const reply = await sendScan(dataset['scans'] ?? '', dataset['gateId'] ?? '', scan);
    if (reply.kind === 'unreachable') sync.httpFailed();
    return reply;
  };
  const bySocket = async (scan: Scan): Promise<Reply> => {
    const reply = await link.ask({ ...scan, gateId: dataset['gateId'] ?? '' });
    // Still open, so it was refused and not lost: why, in words for people, is HTTP's to say.
    return reply.kind === 'unreachable' && link.isOpen() ? byHttp(scan) : reply;
  };
  const standing = () => (link.isOpen() ? bySocket : sync.isHttpGood() ? byHttp : undefined);
  const onceOpen = async (scan: Scan): Promise<Reply> => {
    await opening.over;
    return (await standing()?.(scan)) ?? unreachable;
  };
  async function tellStatus(): Promise<void> {
    const manifestAtMs = deps.knowledge.known?.manifest.issuedAtMs;
    const waiting = await countUnsent(store);
    link.tell({ waiting, offsetMs: deps.clock.offsetMs, ...(manifestAtMs !== undefined && { manifestAtMs }) });
  }
  setInterval(() => void tellStatus(), minuteMs);
  addEventListener('offline', () => opening.finish());
  if (!navigator.onLine) opening.finish();
  const tried = () => (sync.isHttpGood() ? opening.finish() : opening.failed('http'));
  void sync.start().then(tried, tried);
  return {
    way: () => standing() ?? (opening.isOver ? undefined : onceOpen),
    state: () => (standing() !== undefined ? 'open' : opening.isOver ? 'away' : 'connecting'),
    areGatesOpen: () => areGatesOpen,
    send: () => {
      if (standing() !== undefined) sync.send();
    },
  };
}

const unreachable: Reply = { kind: 'unreachable', retryAfterMs: undefined };

/** Networks that swallow what is said to them never say so. */
const openingAtMostMs = 10_000;

/** The first moments, until one way to the event stands, or every one has failed once. */
class Opening {
  readonly over: Promise<void>;
  readonly #untried = new Set(['socket', 'http'] as const);
  readonly #ended: () => void;
  #end: () => void = () => undefined;
  isOver = false;

  constructor(ended: () => void) {
    this.#ended = ended;
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
    setTimeout(() => this.finish(), openingAtMostMs);
  }

  failed(way: 'socket' | 'http'): void {
    this.#untried.delete(way);
    if (this.#untried.size === 0) this.finish();
  }

  finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#end();
    this.#ended();
  }
}

function openSync({ dataset, store, clock, knowledge, ...events }: ConnectionDeps): Sync {
  const text = (name: string) => dataset[name] ?? '';
  const urls = { manifest: text('manifest'), news: text('news'), log: text('log'), proof: text('proof') };
  const sync = new Sync({ store, clock, knowledge, deviceId: text('deviceId'), urls }, events);
  addEventListener('online', () => {
    void sync.refresh();
    sync.send();
  });
  addEventListener('offline', () => sync.httpFailed());
  return sync;
}
