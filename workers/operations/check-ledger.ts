import { projectionSources } from '#d1/queries/projection-health.ts';
import {
  driftedAccounts,
  gatewayMovements,
  openItems,
  ordersOfPayments,
  pendingSince,
  trialLines,
  type OpenItem,
  type PendingItem,
} from '#d1/queries/ledger-trial.ts';
import { postingsOf } from '#shared/ledger/postings.ts';
import { reconcile, type GatewayFinding, type GatewayMovement } from '#shared/ledger/reconcile.ts';
import { trialBalances, type TrialBalance } from '#shared/ledger/trial-balance.ts';
import { forgottenAfterMs } from '#shared/ledger/two-phase.ts';
import { isEndState, type OrderState } from '#shared/orders/order.ts';
import { dayMs, hourMs, type EpochMs } from '#shared/time.ts';
import type { DeskEntry, LogEntry } from '#shared/trail/entries.ts';
import type { GatewayBooks } from '#workers/payments/gateway-books.ts';
import { openSource, type Reader } from './log-sources.ts';
import { rebuildProjection, type Rebuilt } from './rebuild-projection.ts';

export type Window = { readonly fromMs: EpochMs; readonly untilMs: EpochMs };

/** The ledger beside the gateway's own list; `undefined` when the gateway did not answer. */
export type GatewayComparison =
  | { readonly findings: readonly GatewayFinding[]; readonly compared: number; readonly isCut: boolean }
  | undefined;

export type LedgerStanding = {
  readonly balances: readonly TrialBalance[];
  /** Orders on whose accounts something is left though they have ended: money that is neither earned nor given back. */
  readonly leftOver: readonly OpenItem[];
  /** The same of orders that are under way: nothing is wrong with them. */
  readonly underWay: readonly OpenItem[];
  readonly forgotten: readonly PendingItem[];
};

const listedItems = 200;
/** An order ends with its tickets; money on an earlier attempt may be on its way back a while longer. */
const restMs = hourMs;

/** The trial balance, what orders have in suspense, and what was set aside and forgotten. */
export async function ledgerStanding({ db, clock }: Pick<Reader, 'db' | 'clock'>): Promise<LedgerStanding> {
  const [lines, items, forgotten] = await Promise.all([
    trialLines(db),
    openItems(db, listedItems),
    pendingSince(db, clock() - forgottenAfterMs, listedItems),
  ]);
  const now = clock();
  const hasEnded = ({ state, sinceMs }: OpenItem) =>
    state !== null && isEndState(state as OrderState) && now - sinceMs > restMs;
  return {
    balances: trialBalances(lines),
    leftOver: items.filter(hasEnded),
    underWay: items.filter((item) => !hasEnded(item)),
    forgotten,
  };
}

/** How far beyond a window both lists reach: a desk may hear of its money long after the gateway wrote it down. */
const edgeMs = dayMs;

/** Compares order by order. What a desk has not told the ledger yet is a finding too: it goes away by itself, or is one. */
export async function compareWithGateway(
  { db }: Pick<Reader, 'db'>,
  books: GatewayBooks,
  window: Window,
): Promise<GatewayComparison> {
  const reach = { fromMs: window.fromMs - edgeMs, untilMs: window.untilMs + edgeMs };
  try {
    const [ours, { movements, isCut }] = await Promise.all([
      gatewayMovements(db, 'stripe', reach),
      books.movements(reach),
    ]);
    const orderOf = await ordersOfPayments(db, [...new Set(movements.map(({ ref }) => ref))]);
    const theirs = movements.map((moved): GatewayMovement => ({ ...moved, ref: orderOf.get(moved.ref) ?? moved.ref }));
    return { findings: reconcile(ours, theirs, window), compared: movements.length, isCut };
  } catch (error) {
    console.error('the gateway’s list could not be read', error);
    return undefined;
  }
}

/** What the desks' logs say was taken and given back, by currency. */
export type DeskTotals = { readonly currency: string; readonly capturedMinor: number; readonly returnedMinor: number };

export type LedgerCheck = LedgerStanding & {
  /** Accounts whose sums are not their transfers'. */
  readonly drifted: readonly string[];
  /** Logs that ask for something else than what stands. */
  readonly differing: readonly Rebuilt[];
  readonly desks: readonly DeskTotals[];
  readonly gateway: GatewayComparison;
  readonly isWhole: boolean;
};

/**
 * Everything there is to compare: a trial balance of zero proves that no row is half written, and not that none is missing.
 * So each desk's log is read from its beginning, and the gateway's own list beside it. Changes nothing.
 */
export async function checkLedger(reader: Reader, books: GatewayBooks): Promise<LedgerCheck> {
  const desks = (await projectionSources(reader.db)).filter((source) => source.startsWith('desk:'));
  const differing: Rebuilt[] = [];
  const totals = new Map<string, DeskTotals>();
  for (const source of desks) {
    const rebuilt = await rebuildProjection(reader, source, { adopt: false });
    if (rebuilt !== undefined && rebuilt.differences.length > 0) differing.push(rebuilt);
    await addTotals(reader, source, totals);
  }
  const window = { fromMs: 0, untilMs: reader.clock() + edgeMs };
  const [standing, drifted, gateway] = await Promise.all([
    ledgerStanding(reader),
    driftedAccounts(reader.db),
    compareWithGateway(reader, books, { ...window, fromMs: edgeMs }),
  ]);
  const found = [standing.leftOver, standing.forgotten, drifted, differing, gateway?.findings ?? ['no answer']];
  return {
    ...standing,
    drifted: drifted.map(({ id }) => id),
    differing,
    desks: [...totals.values()],
    gateway,
    isWhole: found.every(({ length }) => length === 0) && standing.balances.every(({ isBalanced }) => isBalanced),
  };
}

async function addTotals(reader: Reader, source: string, totals: Map<string, DeskTotals>): Promise<void> {
  const log = openSource(reader, source);
  if (log === undefined) return;
  let seq = 0;
  for (;;) {
    const { entries } = await log.readAfter(seq);
    const last = entries.at(-1);
    if (last === undefined) return;
    seq = last.seq;
    for (const { debit, credit, unit, amountMinor } of entries.flatMap((entry) =>
      askedBy(entry as LogEntry<DeskEntry>),
    )) {
      const known = totals.get(unit) ?? { currency: unit, capturedMinor: 0, returnedMinor: 0 };
      const isIn = debit.startsWith('gateway/');
      const isOut = credit.startsWith('gateway/');
      if (isIn) totals.set(unit, { ...known, capturedMinor: known.capturedMinor + amountMinor });
      if (isOut) totals.set(unit, { ...known, returnedMinor: known.returnedMinor + amountMinor });
    }
  }
}

/** What does not add up is set aside where it is read, and listed as missing: it counts for nothing here. */
function askedBy(entry: LogEntry<DeskEntry>) {
  if (entry.kind === 'order.moved') return [];
  try {
    return postingsOf(entry) ?? [];
  } catch {
    return [];
  }
}
