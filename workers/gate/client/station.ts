import type { Verdict } from '#shared/admission/verdict.ts';
import { handOver } from './act.ts';
import { Decider } from './decider.ts';
import { forgetPage } from './keep-page.ts';
import { EventClock } from './offline/clock.ts';
import { Knowledge } from './offline/knowledge.ts';
import { isUnsent } from './offline/log.ts';
import { heardSeq, keepGatesOpen } from './offline/memory.ts';
import { openStore, read, wipe } from './offline/store.ts';
import { Sync } from './offline/sync.ts';
import { watchOpenGates } from './open-banner.ts';
import { showReach, type Reach } from './reach.ts';
import { renewProof } from './renew-proof.ts';
import { openScanLink } from './scan-link.ts';
import type { Reply, Scan } from './scan-queue.ts';
import type { ScannerScreen } from './scanner-screen.ts';
import { post, sendScan } from './send-scan.ts';
import type { Location } from './whereabouts.ts';

/** A scan as its source asks for it. `seenAtMs` is when its picture was taken, on `performance.now()`'s clock. */
export type ScanAsked = Omit<Scan, 'deviceAtMs' | 'location'> & {
  readonly seenAtMs?: number;
  readonly deviceAtMs?: number;
};

type Asked = ScanAsked & Pick<Scan, 'deviceAtMs' | 'location'>;

export type Station = {
  readonly scan: (asked: Asked) => Promise<void>;
  readonly takeBack: (fields: FormData) => Promise<void>;
  readonly handOver: (fields: FormData, location: Location | undefined) => Promise<void>;
};

/** Before its ten minutes are over, so that no scan has to wait for it. */
const renewEveryMs = 7 * 60_000;
const shutCodes = new Set(['device_revoked', 'device_over', 'device_unknown']);

/** Everything between a code and its answer: the event where it is there, this phone's own judgement where it is not. */
export async function openStation(dataset: DOMStringMap, screen: ScannerScreen): Promise<Station> {
  const text = (name: string) => dataset[name] ?? '';
  const [deviceId, gateId, timeZone] = [text('deviceId'), text('gateId'), text('timeZone')];
  const store = await openStore(deviceId);
  const clock = await EventClock.open(store);
  const knowledge = await Knowledge.open(store, clock, text('manifestKey'));
  const gates = watchOpenGates(text('now'), timeZone);
  let areGatesOpen = (await read(store, 'areGatesOpen')) ?? false;
  let isStarting = true;

  const setGates = (areOpen: boolean) => {
    if (areOpen !== areGatesOpen) void keepGatesOpen(store, areOpen);
    areGatesOpen = areOpen;
    gates.look();
  };
  const shut = async (code: string): Promise<void> => {
    // Somebody else takes over: the page asks who. Only a device that no longer counts loses what it carries.
    if (code !== 'device_off_duty') {
      await wipe(store);
      await forgetPage();
    }
    location.reload();
  };
  const sync = new Sync(
    {
      ...{ store, clock, knowledge, deviceId },
      urls: { manifest: text('manifest'), news: text('news'), log: text('log'), proof: text('proof') },
    },
    { changed: () => drawReach(), shut: (code) => void shut(code), incidents: screen.tellIncidents },
  );
  const link = openScanLink(text('socket'), deviceId, {
    news(frame) {
      const [, state] = frame.news.findLast(([what]) => what === 'gates') ?? [];
      if (state !== undefined) setGates(state === 'open');
      void sync.heard(frame);
    },
    missed: () => void sync.catchUp(),
    gates: setGates,
    state(isOpen) {
      isStarting = false;
      if (isOpen) {
        void sync.refresh();
        sync.send();
      } else sync.httpFailed();
      drawReach();
    },
    shut: () => void shut('device_revoked'),
    since: () => heardSeq(store),
  });

  const byHttp = async (scan: Scan): Promise<Reply> => {
    const reply = await sendScan(text('scans'), gateId, scan);
    if (reply.kind === 'unreachable') sync.httpFailed();
    return reply;
  };
  const bySocket = async (scan: Scan): Promise<Reply> => {
    const reply = await link.ask({ ...scan, gateId });
    // Still open, so it was refused and not lost: why, in words for people, is HTTP's to say.
    return reply.kind === 'unreachable' && link.isOpen() ? byHttp(scan) : reply;
  };
  const decider = new Decider({
    ...{ store, clock, knowledge },
    assignment: {
      deviceId,
      gateId,
      eventId: text('eventId'),
      staffId: text('staffId'),
      mayOverride: screen.can.mayOverride,
    },
    areGatesOpen: () => areGatesOpen,
    reach: () => (link.isOpen() ? bySocket : sync.isHttpGood() ? byHttp : undefined),
    recorded: () => {
      drawReach();
      if (link.isOpen() || sync.isHttpGood()) sync.send();
    },
    disagreed: screen.tellLate,
  });
  const reach = (): Reach => {
    if (link.isOpen() || sync.isHttpGood()) return decider.isOverdue ? 'unsure' : 'online';
    return isStarting && navigator.onLine ? 'connecting' : 'offline';
  };
  const drawReach = showReach({ store, clock, knowledge, timeZone, reach });
  sync.start();
  addEventListener('online', () => void sync.refresh());
  addEventListener('offline', () => sync.httpFailed());
  setInterval(() => void renewProof(text('proof')), renewEveryMs);
  // Browsers under pressure for room throw away what was not asked for to be kept.
  void navigator.storage?.persist?.();

  /** Of the scans whose answer may still be taken back: which ticket each was about. */
  const shownTickets = new Map<string, Verdict>();
  return {
    async scan({ seenAtMs, ...scan }) {
      screen.checking();
      const decision = await decider.decide(scan);
      if (decision.kind === 'problem' && shutCodes.has(decision.code)) return shut(decision.code);
      if (decision.kind === 'problem' && decision.code === 'device_off_duty') return location.reload();
      if (decision.kind === 'verdict') {
        shownTickets.set(scan.scanId, decision.verdict);
        if (decision.verdict.reason === 'admit_all') gates.look();
      }
      screen.show(decision, { ...scan, gateId }, knowledge.known?.otherEvents ?? new Map());
      if (seenAtMs !== undefined) performance.measure('gate-scan', { start: seenAtMs, detail: decision.kind });
      drawReach();
    },
    async takeBack(fields) {
      const scanId = String(fields.get('scan_id'));
      if (!(await isUnsent(store, scanId))) {
        const sent = await post(text('undo'), scanId, { scanId, gateId });
        if (sent.kind === 'answer') return screen.tellTakenBack(sent);
      }
      const ticketId = shownTickets.get(scanId)?.ticket?.ticketId;
      if (ticketId === undefined || !(await decider.takeBack(scanId, ticketId))) return screen.tellFull();
      screen.tellTakenBack(undefined);
    },
    handOver: (fields, location) => handOver({ ...screen.forActs, dataset, fields, location }),
  };
}
