import type { ScanAnswer, RedemptionAnswer, UndoAnswer } from '#objects/event-inventory/client.ts';
import { fail } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { audit } from '#workers/operations/audit.ts';
import { redeemBenefit, scanTickets, undoScan } from '#workers/operations/scan-ticket.ts';
import type { Staffed } from './at-gate.ts';
import type { Redemption, Scan, Undo } from './requests.ts';

/** Decides scans in their order. One that its sender may not ask for is refused alone, and the rest goes on. */
export async function decideScans(c: AppContext, staffed: Staffed, scans: readonly Scan[]): Promise<ScanAnswer[]> {
  const { sale, staffId, deviceId, can, scanner } = staffed;
  const isEnrolled = scanner !== undefined;
  const asksMore = ({ override, ticketId }: Scan) => override !== undefined || ticketId !== undefined;
  const allowed = scans.filter((scan) => can.mayOverride || !asksMore(scan));
  const requests = allowed.map((scan) => ({ ...scan, staffId, deviceId, isEnrolled }));
  const answers = await scanTickets(c.var.services, sale.event.id, requests);
  const answerOf = new Map(allowed.map((scan, index) => [scan, answers[index]]));
  for (const [scan, answer] of answerOf) recordOverride(c, staffed, scan, answer);
  return scans.map((scan) => answerOf.get(scan) ?? fail('not_permitted'));
}

export function decideRedemption(
  c: AppContext,
  { sale, staffId, deviceId, scanner }: Staffed,
  redemption: Redemption,
): Promise<RedemptionAnswer> {
  const who = { staffId, deviceId, isEnrolled: scanner !== undefined };
  return redeemBenefit(c.var.services, sale.event.id, { ...redemption, ...who });
}

export function decideUndo(
  c: AppContext,
  { sale, staffId, deviceId, can, scanner }: Staffed,
  { scanId, gateId, location, deviceAtMs }: Undo,
): Promise<UndoAnswer> {
  const isSupervised = can.mayOverride;
  const isEnrolled = scanner !== undefined;
  const undo = { scanId, gateId, location, deviceAtMs, staffId, deviceId, isSupervised, isEnrolled };
  return undoScan(c.var.services, sale.event.id, undo);
}

/** Also where the business reads who overruled what. After the answer: a person waits at the gate, the event's trail has it. */
function recordOverride(c: AppContext, { sale, staffId }: Staffed, scan: Scan, answer: ScanAnswer | undefined): void {
  if (answer?.ok !== true || answer.value.reason !== 'overridden' || scan.override === undefined) return;
  const { event } = sale;
  const { overrides = 'unknown_ticket', ticket } = answer.value;
  const entry = {
    action: 'scan.overridden',
    actorId: staffId,
    businessId: event.businessId,
    subjectId: ticket?.ticketId ?? event.id,
    facts: { eventId: event.id, gateId: scan.gateId, scanId: scan.scanId, cause: scan.override.cause, overrides },
  } as const;
  c.executionCtx.waitUntil(
    audit(c.var.services, entry).catch((error: unknown) => console.error('override not audited', error)),
  );
}
