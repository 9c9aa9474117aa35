import type { TicketUse } from '#shared/admission/admit.ts';
import type { Passed } from '#shared/gate/merge.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import type { InventoryContext } from './context.ts';
import { readUndo } from './scan-answers.ts';
import { factsOf, type TicketRow } from './tickets.ts';

/** Far more entries than any type gives: a broken chain must not hold the object's thread. */
const passagesAtMost = 1_000;

/**
 * Every passage of a ticket, and what it had used before the oldest of them. Each kept scan names the one before it, so that
 * they are found from the ticket's newest without an index that every scan would pay for.
 */
export function passagesOf(
  context: InventoryContext,
  rules: EventRules,
  row: TicketRow,
): { readonly base: TicketUse; readonly passages: readonly Passed[] } {
  const { uses, entries, firstEntryAtMs, lastEntry } = factsOf(rules, row);
  let base: TicketUse = { uses, entries, firstEntryAtMs, lastEntry };
  const passages: Passed[] = [];
  let scanId = row.lastScanId;
  while (scanId !== null && passages.length < passagesAtMost) {
    const kept = readUndo(context, scanId);
    if (kept?.undo === undefined) break;
    const { undo, verdict, atMs, undoneBy } = kept;
    base = undo.before;
    if (undoneBy === null) passages.push(passedIn(scanId, { ...undo, atMs, reason: verdict.reason }));
    scanId = undo.previousScanId ?? null;
  }
  return { base, passages };
}

type Kept = {
  readonly atMs: number;
  readonly gateId: string;
  readonly deviceId: string;
  readonly moved: Readonly<Record<string, number>>;
  readonly reason: string;
};

function passedIn(scanId: string, { atMs, gateId, deviceId, moved, reason }: Kept): Passed {
  return { scanId, atMs, gateId, deviceId, moved, isOverruled: reason === 'overridden' || reason === 'admit_all' };
}
