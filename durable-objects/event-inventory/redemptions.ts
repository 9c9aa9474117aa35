import { refusal } from '#shared/admission/describe.ts';
import { redeem } from '#shared/admission/redeem.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { requestDigest } from '../common/request-digest.ts';
import type { InventoryContext } from './context.ts';
import { findPresented, methodOf, type CheckedCode } from './found-ticket.ts';
import { keepAnswer, knownAnswer } from './scan-answers.ts';
import { whoAndWhere } from './scans.ts';
import { standAtGate, type AtGate, type GateRefusal } from './standing.ts';
import { factsOf, saveRedeemed } from './tickets.ts';

export type RedemptionRequest = AtGate & {
  /** Its idempotency key: the same id gets the same answer, and one thing is handed out. */
  readonly redemptionId: string;
  readonly code: string;
  readonly benefitId: string;
  readonly quantity: number;
};

export type RedemptionAnswer = Result<Verdict, GateRefusal | 'idempotency_key_reused' | 'quantity_invalid'>;

/**
 * Hands out part of what a ticket includes, once for each that it includes, and leaves its trace whatever the answer.
 * Undefined when the keys have to be asked about its code first.
 */
export function redeemBenefit(
  context: InventoryContext,
  request: RedemptionRequest,
  checked: CheckedCode,
): RedemptionAnswer | undefined {
  const { redemptionId, code, benefitId, quantity, gateId } = request;
  const digest = requestDigest(['redeem', code, benefitId, quantity, gateId]);
  const known = knownAnswer(context, redemptionId, (kept) => kept === digest);
  if (known !== undefined) return known;
  const isCountable = Number.isSafeInteger(quantity) && quantity >= 1;
  const standing = isCountable ? standAtGate(context, request) : fail('quantity_invalid');
  if (!standing.ok) {
    const rejected = { kind: 'scan.rejected', scanId: redemptionId, ...whoAndWhere(request) } as const;
    context.log.append({ ...rejected, code: standing.failure.code });
    return standing;
  }
  const { rules, gate, staffId } = standing.value;
  const presented = { deviceId: request.deviceId, purpose: 'redeem' } as const;
  const found = findPresented(context, rules, checked, presented);
  if (found === undefined) return undefined;
  const { row, refused } = found;
  const decided =
    refused !== undefined || row === undefined
      ? { verdict: refused ?? refusal('unknown_ticket', context.now()) }
      : redeem(rules, gate, factsOf(rules, row), { benefitId, quantity }, context.now());
  const { verdict, redeemed } = decided;
  if (row !== undefined && redeemed !== undefined) {
    saveRedeemed(context, row, redeemed);
    context.counters.add(`redeemed-benefit/${benefitId}`, quantity);
  }
  const { outcome, reason } = verdict;
  context.log.append({
    kind: 'benefit',
    redemptionId,
    ...whoAndWhere({ ...request, gateId: gate.id, staffId, location: request.location ?? gate.location }),
    method: methodOf[checked.kind],
    benefitId,
    quantity,
    outcome,
    reason,
    ...(row && { ticketId: row.ticketId, customerId: row.customerId }),
  });
  keepAnswer(context, { scanId: redemptionId, digest, verdict });
  return ok(verdict);
}
