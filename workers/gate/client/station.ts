import type { Verdict } from '#shared/admission/verdict.ts';
import { handOver } from './act.ts';
import { connect, type Connection } from './connection.ts';
import { Decider } from './decider.ts';
import { forgetPage } from './keep-page.ts';
import { EventClock } from './offline/clock.ts';
import { Knowledge } from './offline/knowledge.ts';
import { isUnsent } from './offline/log.ts';
import { openStore, wipe, type Store } from './offline/store.ts';
import { watchOpenGates } from './open-banner.ts';
import { showReach } from './reach.ts';
import { renewProof } from './renew-proof.ts';
import { fieldOf } from './scan-form.ts';
import type { Scan } from './scan-queue.ts';
import type { ScannerScreen } from './scanner-screen.ts';
import { post } from './send-scan.ts';
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
const goneCodes = new Set(['device_revoked', 'device_over', 'device_unknown']);
/** Answers that may still be taken back; older ones may not anyway. */
const rememberedAnswers = 50;

/** Everything between a code and its answer: the event where it is there, this phone's own judgement where it is not. */
export async function openStation(dataset: DOMStringMap, screen: ScannerScreen): Promise<Station> {
  const text = (name: string) => dataset[name] ?? '';
  const store = await openStore(text('deviceId'));
  const clock = await EventClock.open(store);
  const knowledge = await Knowledge.open(store, clock, text('manifestKey'));
  const gates = watchOpenGates(text('now'), text('timeZone'));
  let drawReach = (): void => undefined;
  const connection: Connection = await connect({
    dataset,
    store,
    clock,
    knowledge,
    changed: () => drawReach(),
    gatesChanged: gates.look,
    incidents: screen.tellIncidents,
    incidentHeard: screen.tellIncidentHeard,
    announced: (announcement) => screen.announce(announcement.text),
    shut: (code) => void shut(store, code),
  });
  const decider = new Decider({
    store,
    clock,
    knowledge,
    assignment: {
      deviceId: text('deviceId'),
      gateId: text('gateId'),
      eventId: text('eventId'),
      staffId: text('staffId'),
      mayOverride: screen.can.mayOverride,
    },
    areGatesOpen: connection.areGatesOpen,
    reach: connection.way,
    recorded: () => {
      drawReach();
      connection.send();
    },
    disagreed: screen.tellLate,
  });
  drawReach = showReach({
    store,
    clock,
    knowledge,
    timeZone: text('timeZone'),
    reach() {
      const state = connection.state();
      if (state === 'open') return decider.isOverdue ? 'unsure' : 'online';
      return state === 'away' ? 'offline' : 'connecting';
    },
  });
  setInterval(() => void renewProof(text('proof')), renewEveryMs);
  // Browsers short of room throw away first what nobody asked to be kept.
  void navigator.storage?.persist?.();
  return stationOf({ dataset, store, decider, screen, knowledge, gates, drawReach });
}

type Parts = {
  readonly dataset: DOMStringMap;
  readonly store: Store;
  readonly decider: Decider;
  readonly screen: ScannerScreen;
  readonly knowledge: Knowledge;
  readonly gates: { readonly look: () => void };
  readonly drawReach: () => void;
};

function stationOf({ dataset, store, decider, screen, knowledge, gates, drawReach }: Parts): Station {
  const gateId = dataset['gateId'] ?? '';
  const answers = new Map<string, Verdict>();
  return {
    async scan({ seenAtMs, ...scan }) {
      const decision = await decider.decide(scan);
      if (decision.kind === 'problem' && decision.code.startsWith('device_')) return shut(store, decision.code);
      if (decision.kind === 'verdict') {
        answers.set(scan.scanId, decision.verdict);
        for (const old of [...answers.keys()].slice(0, -rememberedAnswers)) answers.delete(old);
        if (decision.verdict.reason === 'admit_all') gates.look();
      }
      screen.show(decision, { ...scan, gateId }, knowledge.known?.otherEvents ?? new Map());
      if (seenAtMs !== undefined) measureScan(seenAtMs, decision.kind);
      drawReach();
    },
    async takeBack(fields) {
      const scanId = fieldOf(fields, 'scan_id') ?? '';
      if (!(await isUnsent(store, scanId))) {
        const sent = await post(dataset['undo'] ?? '', scanId, { scanId, gateId });
        if (sent.kind === 'answer') return screen.tellTakenBack(sent);
      }
      const ticketId = answers.get(scanId)?.ticket?.ticketId;
      if (ticketId === undefined || !(await decider.takeBack(scanId, ticketId))) return screen.tellFull();
      screen.tellTakenBack(undefined);
    },
    handOver: (fields, location) => handOver({ ...screen.forActs, dataset, fields, location }),
  };
}

/** From the camera's picture to the answer on the screen, in the browser's own timeline. */
function measureScan(seenAtMs: number, detail: string): void {
  requestAnimationFrame(() => performance.measure('gate-scan', { start: seenAtMs, detail }));
}

/**
 * The page it would be drawn as now says what the phone has become. A phone that is no scanner any more loses what it carries;
 * one with nobody on duty waits for the next steward.
 */
async function shut(store: Store, code: string): Promise<void> {
  if (goneCodes.has(code)) {
    await wipe(store);
    await forgetPage();
  }
  location.reload();
}
