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
  /** Asks the event; undefined when it can't be asked now. */
  readonly way: () => ((scan: Scan) => Promise<Reply>) | undefined;
  /** Nothing has answered or failed yet. */
  readonly isStarting: () => boolean;
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
  readonly incidents: (count: number) => void;
  /** A supervisor speaks to every steward. */
  readonly announced: (announcement: Announcement) => void;
  /** This device is none any more, or has nobody on duty; by its public failure code. */
  readonly shut: (code: string) => void;
};

export async function connect(deps: ConnectionDeps): Promise<Connection> {
  const { dataset, store, changed } = deps;
  let areGatesOpen = (await read(store, 'areGatesOpen')) ?? false;
  let isStarting = true;
  const setGates = (areOpen: boolean) => {
    if (areOpen !== areGatesOpen) void keepGatesOpen(store, areOpen);
    areGatesOpen = areOpen;
    deps.gatesChanged();
  };
  const sync = openSync(deps);
  const link = openScanLink(dataset['socket'] ?? '', dataset['deviceId'] ?? '', {
    news(frame) {
      for (const item of frame.news) if (item[0] === 'gates') setGates(item[1] === 'open');
      void sync.heard(frame);
    },
    missed: () => void sync.catchUp(),
    gates: setGates,
    announced: deps.announced,
    state(isOpen) {
      isStarting = false;
      if (isOpen) {
        void sync.refresh().then(tellStatus);
        sync.send();
      } else sync.httpFailed();
      changed();
    },
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
  const way = () => (link.isOpen() ? bySocket : sync.isHttpGood() ? byHttp : undefined);
  async function tellStatus(): Promise<void> {
    const manifestAtMs = deps.knowledge.known?.manifest.issuedAtMs;
    const waiting = await countUnsent(store);
    link.tell({ waiting, offsetMs: deps.clock.offsetMs, ...(manifestAtMs !== undefined && { manifestAtMs }) });
  }
  setInterval(() => void tellStatus(), minuteMs);
  sync.start();
  return {
    way,
    isStarting: () => isStarting && navigator.onLine,
    areGatesOpen: () => areGatesOpen,
    send: () => {
      if (way() !== undefined) sync.send();
    },
  };
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
