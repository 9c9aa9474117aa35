import { useFrom, withPassage, type Passage } from '#shared/gate/heard.ts';
import { decideAlone, type LoneGate } from '#shared/gate/offline.ts';
import { gatePolicyOf, mayAdmitByStale, oneMoreByStale, type StaleAdmissions } from '#shared/gate/policy.ts';
import type { GateNews } from '#shared/gate/socket-messages.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import type { ScannerLog } from './scanner-log.ts';

/**
 * A scanner without network: it decides, remembers and writes down by the rules a phone does it by, with its disk in memory.
 * What a browser adds (its store, its camera) journeys prove.
 */
export class LonePhone {
  readonly gate: LoneGate;
  readonly log: ScannerLog;
  readonly #passages = new Map<string, readonly Passage[]>();
  #byStale: StaleAdmissions | undefined;

  constructor(gate: LoneGate, log: ScannerLog) {
    this.gate = { ...gate, usedSoFar: (ticketId, type) => useFrom(gate.manifest.rules, type, this.#of(ticketId)) };
    this.log = log;
  }

  /** What other gates did, while there still was a network. */
  hear(news: readonly GateNews[]): void {
    for (const item of news) {
      if (item[0] !== 'in' && item[0] !== 'out' && item[0] !== 'back') continue;
      const [what, ticketId, gateId, atMs] = item;
      this.#remember(ticketId, { what, gateId, atMs });
    }
  }

  /** What its screen says of a code, and under which id; `stale` when it may decide nothing. */
  async scan(
    code: string,
    atMs: number,
  ): Promise<{
    readonly scanId: string;
    readonly says: Verdict['reason'] | 'stale';
    readonly gates: readonly string[];
  }> {
    const { manifest, gate } = this.gate;
    const scanId = crypto.randomUUID();
    const attempt = { now: atMs, direction: 'in', identity: 'none', occupancy: () => 0, mainIsIn: () => true } as const;
    const mayUseStale = mayAdmitByStale(this.#byStale, manifest.sequence, gatePolicyOf(manifest.rules));
    const decision = await decideAlone(code, this.gate, attempt, { areGatesOpen: () => false, mayUseStale });
    if (decision.kind === 'stale') return { scanId, says: 'stale', gates: [] };
    const { admission, ticketId } = decision;
    const { outcome, reason, gates = [] } = admission.verdict;
    if (decision.isStale === true && outcome === 'grant') {
      this.#byStale = oneMoreByStale(this.#byStale, manifest.sequence);
    }
    await this.log.append({
      kind: 'scan',
      recordId: scanId,
      gateId: gate.id,
      deviceAtMs: atMs,
      clock: { offsetMs: 0, ageMs: 0 },
      because: 'offline',
      direction: 'in',
      shown: { by: 'code', code },
      ...(ticketId !== undefined && { ticketId }),
      outcome,
      reason,
      ...(admission.moved && { zones: Object.keys(admission.moved) }),
    });
    if (ticketId !== undefined && admission.next !== undefined) {
      this.#remember(ticketId, { what: 'in', gateId: gate.id, atMs, scanId });
    }
    return { scanId, says: reason, gates };
  }

  #of(ticketId: string): readonly Passage[] {
    return this.#passages.get(ticketId) ?? [];
  }

  #remember(ticketId: string, passage: Passage): void {
    this.#passages.set(ticketId, withPassage(this.#of(ticketId), passage));
  }
}
