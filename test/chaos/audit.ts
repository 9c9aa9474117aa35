import { checkChain } from '#objects/common/chain.ts';
import type { Segment } from '#objects/common/segment-log.ts';
import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import { findAstray, type BankRow, type OrderRow } from './money.ts';

/**
 * What a client was told, and may rely on for ever. `answer` is what was said, as text; the same request asked again must be
 * told the same (I5).
 */
export type Acknowledged = {
  readonly key: string;
  readonly kind: 'order' | 'paid' | 'hold' | 'confirm' | 'release' | 'scan';
  readonly answer: string;
  /** Tickets the answer handed out. */
  readonly ticketIds?: readonly string[];
  /** The ticket it let in. */
  readonly admitted?: string;
};

/** One event's object, as its database file has it once nothing runs any more. */
export type InventoryStore = {
  readonly stock: readonly { stockId: string; capacity: number; held: number; sold: number }[];
  readonly holds: readonly { holdId: string; status: string; lines: string }[];
  readonly tickets: readonly { ticketId: string; orderId: string; typeId: string; status: string }[];
  readonly segments: readonly Segment[];
};

export type Evidence = {
  readonly acknowledged: readonly Acknowledged[];
  /** What each key was answered when asked again after the last restart. */
  readonly replayed: ReadonlyMap<string, string>;
  readonly store: InventoryStore;
  /** Orders of the trial's event, and what the bank keeps of them. */
  readonly orders: readonly OrderRow[];
  readonly bank: readonly BankRow[];
  /** What a check of ledger, desks and the bank's own list found. */
  readonly ledgerFindings: readonly string[];
  /** Chains of the other objects' logs. */
  readonly otherChains: readonly (readonly Segment[])[];
  /** Rows by which a projection rebuilt from zero differs from the one that stands, and logs never read to their end. */
  readonly projectionDifferences: number;
};

export type Audit = {
  readonly acknowledged: number;
  /** Acknowledged answers that are not true any more. */
  readonly lost: number;
  /** Tickets beyond a capacity, and stock counters that do not agree with the tickets and holds there are (I1). */
  readonly oversold: number;
  /** Admissions after a ticket's first (I2). */
  readonly doubleAdmissions: number;
  /** Segments that do not follow from the one before, in any object's log; decisions that left no trace (I7). */
  readonly chainBreaks: number;
  readonly projectionDifferences: number;
  /** Orders of which more or less was kept than their live tickets cost (I3). */
  readonly moneyAstray: number;
  /** Where ledger, desks and the bank's own list do not tell the same (I4). */
  readonly ledgerFindings: number;
  /** The first few findings, in words. */
  readonly findings: readonly string[];
};

const findingsShown = 20;

/** Judges what a trial left behind. */
export function audit(evidence: Evidence): Audit {
  const { acknowledged, store, otherChains, projectionDifferences } = evidence;
  const log = store.segments.flatMap(({ entries }) => JSON.parse(entries) as LogEntry<InventoryEntry>[]);
  const lost = findLost(evidence);
  const oversold = findOversold(store);
  const doubleAdmissions = findDoubleAdmissions(acknowledged, log);
  const breaks = [store.segments, ...otherChains].flatMap(findBreaks);
  const chainBreaks = [...breaks, ...findTraceless(evidence, log)];
  const astray = findAstray({ ...evidence, tickets: store.tickets });
  const { ledgerFindings } = evidence;
  return {
    acknowledged: acknowledged.length,
    lost: lost.length,
    oversold: oversold.reduce((sum, { by }) => sum + by, 0),
    doubleAdmissions: doubleAdmissions.length,
    chainBreaks: chainBreaks.length,
    projectionDifferences,
    moneyAstray: astray.length,
    ledgerFindings: ledgerFindings.length,
    findings: [
      ...lost,
      ...oversold.map(({ what }) => what),
      ...doubleAdmissions,
      ...chainBreaks,
      ...astray,
      ...ledgerFindings,
    ].slice(0, findingsShown),
  };
}

export function isSound(found: Audit): boolean {
  const { lost, oversold, doubleAdmissions, chainBreaks, projectionDifferences, moneyAstray, ledgerFindings } = found;
  const faults = [lost, oversold, doubleAdmissions, chainBreaks, projectionDifferences, moneyAstray, ledgerFindings];
  return faults.every((count) => count === 0);
}

/** Asked again it must be answered as before; and whatever is answered, what was handed out must be in storage. */
function findLost({ acknowledged, replayed, store }: Evidence): string[] {
  const tickets = new Set(store.tickets.map(({ ticketId }) => ticketId));
  const holds = new Map(store.holds.map(({ holdId, status }) => [holdId, status]));
  return acknowledged.flatMap(({ key, kind, answer, ticketIds = [] }) => {
    const missing = ticketIds.filter((ticketId) => !tickets.has(ticketId));
    if (missing.length > 0) return [`${kind} ${key} handed out ${missing.join(', ')}, which are gone`];
    // A hold's answer changes with its life; that it was made does not.
    if (kind === 'hold') return holds.has(key) ? [] : [`hold ${key} was never made`];
    // Letting go of what had run out meanwhile is answered alike: either way nothing is held any more.
    if (kind === 'release') return isLetGo(holds.get(key)) ? [] : [`hold ${key} was let go and is ${holds.get(key)}`];
    const again = replayed.get(key);
    return again === answer ? [] : [`${kind} ${key} was answered ${answer}, then ${again}`];
  });
}

function isLetGo(status: string | undefined): boolean {
  return status === 'released' || status === 'expired';
}

/** Counts what is there, whatever the counters say, and then whether the counters say it too. */
function findOversold({ stock, holds, tickets }: InventoryStore): { what: string; by: number }[] {
  return stock
    .filter(({ stockId }) => stockId.startsWith('type:'))
    .flatMap(({ stockId, capacity, held, sold }) => {
      const typeId = stockId.slice('type:'.length);
      const issued = tickets.filter((ticket) => ticket.typeId === typeId && ticket.status !== 'refunded').length;
      const waiting = holds
        .filter(({ status }) => status === 'held' || status === 'firm')
        .flatMap(({ lines }) => JSON.parse(lines) as { typeId: string; quantity: number }[])
        .filter((line) => line.typeId === typeId)
        .reduce((sum, { quantity }) => sum + quantity, 0);
      const beyond = Math.max(0, issued + waiting - capacity);
      const astray = Math.abs(issued - sold) + Math.abs(waiting - held);
      const what = `${typeId}: ${issued} issued and ${waiting} held of ${capacity}; counted ${sold} and ${held}`;
      return beyond + astray === 0 ? [] : [{ what, by: Math.max(beyond, astray) }];
    });
}

/** By what scanners were told, and by what the log says: a ticket of one admission is let in once. */
function findDoubleAdmissions(
  acknowledged: readonly Acknowledged[],
  log: readonly LogEntry<InventoryEntry>[],
): string[] {
  const told = acknowledged.flatMap(({ key, admitted }) =>
    admitted === undefined ? [] : [{ ticketId: admitted, key }],
  );
  const logged = log.flatMap((entry) =>
    entry.kind === 'scan' && entry.outcome === 'grant' && entry.ticketId !== undefined
      ? [{ ticketId: entry.ticketId, key: entry.scanId }]
      : [],
  );
  const scansOf = new Map<string, Set<string>>();
  for (const { ticketId, key } of [...told, ...logged]) {
    scansOf.set(ticketId, (scansOf.get(ticketId) ?? new Set()).add(key));
  }
  return [...scansOf].flatMap(([ticketId, scans]) =>
    [...scans].slice(1).map((scanId) => `${ticketId} was let in again by ${scanId}`),
  );
}

function findBreaks(segments: readonly Segment[]): string[] {
  const { brokenAtSeq } = checkChain(segments, { nextSeq: 1, hash: '' });
  return brokenAtSeq === undefined ? [] : [`a log breaks at entry ${brokenAtSeq}`];
}

function findTraceless({ acknowledged, store }: Evidence, log: readonly LogEntry<InventoryEntry>[]): string[] {
  const scanned = new Set(log.flatMap((entry) => (entry.kind === 'scan' ? [entry.scanId] : [])));
  const issued = new Set(log.flatMap((entry) => (entry.kind === 'ticket.issued' ? [entry.ticketId] : [])));
  return [
    ...acknowledged
      .filter(({ kind, key }) => kind === 'scan' && !scanned.has(key))
      .map(({ key }) => `scan ${key} left no trace`),
    ...store.tickets
      .filter(({ ticketId }) => !issued.has(ticketId))
      .map(({ ticketId }) => `${ticketId} was issued without a trace`),
  ];
}
