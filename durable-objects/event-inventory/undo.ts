import { undoWithinMs } from '#shared/admission/verdict.ts';
import { statusOf } from '#shared/admission/uses.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { InventoryContext } from './context.ts';
import { markUndone, readUndo } from './scan-answers.ts';
import { whoAndWhere } from './scans.ts';
import { standAtGate, type AtGate, type GateRefusal } from './standing.ts';
import { factsOf, findTicket, saveUse } from './tickets.ts';

export type UndoRequest = AtGate & {
  readonly scanId: string;
  /**
   * Somebody who may overrule a gate takes back any device's scan; everybody else only their own device's. Of an enrolled
   * device the inventory knows its rank, and does not ask.
   */
  readonly isSupervised?: boolean | undefined;
};

export type UndoAnswer = Result<
  { readonly scanId: string },
  GateRefusal | 'scan_unknown' | 'scan_not_undoable' | 'undo_too_late'
>;

/**
 * Takes back a scan that let the wrong person in: the ticket is as it was, the counters too, and the trail keeps both. Only
 * the ticket's newest scan, and only for a short time: later ones were decided on what this one said.
 */
export function undoScan(context: InventoryContext, request: UndoRequest): UndoAnswer {
  const standing = standAtGate(context, request);
  if (!standing.ok) return standing;
  const { scanId, deviceId } = request;
  const kept = readUndo(context, scanId);
  if (kept === undefined) return fail('scan_unknown');
  if (kept.undoneBy !== null) return ok({ scanId });
  const { undo } = kept;
  const ticket = undo === undefined ? undefined : findTicket(context, undo.ticketId);
  if (undo === undefined || ticket === undefined || ticket.lastScanId !== scanId) return fail('scan_not_undoable');
  const { rules, gate, staffId, isSupervisor = request.isSupervised === true } = standing.value;
  if (undo.deviceId !== deviceId && !isSupervisor) return fail('not_permitted');
  if (context.now() - kept.atMs > undoWithinMs) return fail('undo_too_late');
  saveUse(context, ticket, undo.before, scanId);
  markUndone(context, scanId, deviceId);
  context.counters.uncountScan(kept.verdict, undo.typeId, undo.gateId);
  for (const [zone, by] of Object.entries(undo.moved)) context.counters.add(`inside/${zone}`, -by);
  const facts = { ...factsOf(rules, ticket), ...undo.before };
  context.log.append({
    kind: 'scan.undone',
    scanId,
    ...whoAndWhere({ ...request, gateId: gate.id, staffId }),
    ticketId: ticket.ticketId,
    customerId: ticket.customerId,
    entries: undo.before.entries,
    status: statusOf(rules, facts, context.now()),
  });
  return ok({ scanId });
}
