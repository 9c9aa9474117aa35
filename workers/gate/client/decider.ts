import { freshScanId } from './fresh-scan-id.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import { gatePolicyOf } from '#shared/gate/policy.ts';
import type { RecordFacts } from '#shared/gate/scan-log.ts';
import { keepRecord, type Effect } from './offline/log.ts';
import { decideHere, type AloneAnswer, type LoneDeps } from './offline/lone-scanner.ts';
import { heardSeq, remember } from './offline/memory.ts';
import { isFull } from './offline/store.ts';
import type { Reply, Scan } from './scan-queue.ts';

/** What is shown for a scan. */
export type Decision =
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly by: 'event' | 'alone' | 'alone_stale' }
  | Extract<Reply, { kind: 'problem' }>
  | { readonly kind: 'cannot'; readonly why: Extract<AloneAnswer, { kind: 'cannot' }>['why'] };

export type DeciderDeps = LoneDeps & {
  /** How the event can be asked now, best first; undefined when it can't. */
  readonly reach: () => ((scan: Scan) => Promise<Reply>) | undefined;
  /** Something was written to the log. */
  readonly recorded: () => void;
  /** The event disagreed after the steward had been told otherwise. */
  readonly disagreed: (said: Verdict) => void;
};

type Asked = { readonly reply: Promise<Reply>; isAnswered: boolean };

/**
 * Decides scans one after another, in the order of the people. The event's answer counts when it comes within the time its
 * policy gives it; otherwise this phone decides by what it knows, writes that down, and shows it. An answer that comes
 * later and says otherwise is told and written down as well: never silently, never undone.
 */
export class Decider {
  readonly #deps: DeciderDeps;
  #turn: Promise<unknown> = Promise.resolve();
  /** Set while an earlier question is overdue: nobody else waits for a connection that answers nothing. */
  #overdue = new Set<Asked>();

  constructor(deps: DeciderDeps) {
    this.#deps = deps;
  }

  /** Whether somebody waited for the event longer than its policy allows, and it has still not answered. */
  get isOverdue(): boolean {
    return this.#overdue.size > 0;
  }

  /** Takes a decision of this phone back. False when there was no room to write that down. */
  takeBack(scanId: string, ticketId: string): Promise<boolean> {
    const { clock, assignment } = this.#deps;
    const passage = { gateId: assignment.gateId, atMs: clock.now(), scanId };
    return this.#note({ kind: 'undo', about: scanId }, { kind: 'take_back', ticketId, passage });
  }

  decide(scan: Scan): Promise<Decision> {
    const turn = this.#turn.then(() => this.#decide(scan));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #decide(scan: Scan): Promise<Decision> {
    const ask = this.#deps.reach();
    if (ask === undefined) return this.#alone(scan, 'offline');
    const asked = this.#ask(ask, scan);
    const first = await within(asked.reply, this.#patienceMs());
    if (first !== undefined && first.kind !== 'unreachable') return this.#told(scan, first);
    if (first === undefined) this.#overdue.add(asked);
    const alone = await this.#alone(scan, first === undefined ? 'deadline' : 'offline');
    // Nothing to decide by: then there is nothing to lose by waiting for the event.
    if (alone.kind === 'cannot' && first === undefined) {
      const late = await asked.reply;
      return late.kind === 'unreachable' ? alone : this.#told(scan, late);
    }
    if (alone.kind === 'verdict' && first === undefined) void this.#hearLate(scan, alone.verdict, asked);
    return alone;
  }

  #patienceMs(): number {
    const rules = this.#deps.knowledge.known?.manifest.rules;
    return this.#overdue.size > 0 ? 0 : gatePolicyOf(rules ?? {}).answerWithinMs;
  }

  #ask(ask: (scan: Scan) => Promise<Reply>, scan: Scan): Asked {
    const asked: Asked = { reply: ask(scan), isAnswered: false };
    void asked.reply.finally(() => {
      asked.isAnswered = true;
      this.#overdue.delete(asked);
    });
    return asked;
  }

  async #told(scan: Scan, reply: Exclude<Reply, { kind: 'unreachable' }>): Promise<Decision> {
    if (reply.kind === 'problem') return reply;
    await this.#remember(scan, reply.verdict);
    return { kind: 'verdict', verdict: reply.verdict, by: 'event' };
  }

  async #alone(scan: Scan, because: 'offline' | 'deadline'): Promise<Decision> {
    const answer = await decideHere(this.#deps, scan, because);
    if (answer.kind === 'cannot') return answer;
    this.#deps.recorded();
    return { kind: 'verdict', verdict: answer.verdict, by: answer.isStale ? 'alone_stale' : 'alone' };
  }

  /** The event's own instant takes the place of this phone's: told again as news, it is recognised. */
  async #remember({ scanId, direction }: Scan, { outcome, ticket, scannedAtMs }: Verdict): Promise<void> {
    if ((outcome !== 'grant' && outcome !== 'partial') || ticket === undefined) return;
    const { store, assignment } = this.#deps;
    const passage = { what: direction, gateId: assignment.gateId, atMs: scannedAtMs, scanId };
    try {
      await remember(store, ticket.ticketId, passage);
    } catch (error) {
      // The event has it. A phone without room says so at its next scan alone; this person need not wait for that.
      if (!isFull(error)) throw error;
    }
  }

  async #hearLate(scan: Scan, told: Verdict, asked: Asked): Promise<void> {
    const late = await asked.reply;
    if (late.kind !== 'verdict') return;
    await this.#remember(scan, late.verdict);
    if (isPassed(late.verdict) === isPassed(told)) return;
    const { outcome, reason } = late.verdict;
    await this.#note({ kind: 'late_answer', about: scan.scanId, outcome, reason }, { kind: 'none' });
    this.#deps.disagreed(late.verdict);
  }

  /** Appends what is no scan. In turn with them, so that two records never want the same number. */
  #note(what: Note, effect: Effect): Promise<boolean> {
    const work = this.#turn.then(async () => {
      const { store, clock, assignment } = this.#deps;
      const { deviceId, eventId, gateId, staffId } = assignment;
      const stated = clock.stated();
      const facts = {
        ...what,
        recordId: freshScanId(),
        deviceId,
        eventId,
        gateId,
        staffId,
        deviceAtMs: clock.deviceNow(),
        ...(stated && { clock: stated }),
        manifestSeq: await heardSeq(store),
      };
      const kept = await keepRecord(store, facts, effect);
      this.#deps.recorded();
      return kept === 'kept';
    });
    this.#turn = work.catch(() => undefined);
    return work;
  }
}

type Note =
  | Pick<Extract<RecordFacts, { kind: 'late_answer' }>, 'kind' | 'about' | 'outcome' | 'reason'>
  | Pick<Extract<RecordFacts, { kind: 'undo' }>, 'kind' | 'about'>;

function isPassed({ outcome }: Verdict): boolean {
  return outcome === 'grant' || outcome === 'partial';
}

/** The answer if it comes in time; undefined when it does not. */
async function within(reply: Promise<Reply>, ms: number): Promise<Reply | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([reply, late]);
  } finally {
    clearTimeout(timer);
  }
}
