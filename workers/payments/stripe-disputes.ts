import type { Stripe } from 'stripe';
import type { DisputeStatus } from '#shared/orders/dispute.ts';
import { secondMs } from '#shared/time.ts';

/** A charge has one dispute as a rule; some have a second after an inquiry. */
const disputesOfCharge = 20;

/** What Stripe says now of disputes about a payment. Asked only for a charge it calls disputed. */
export async function disputesAbout(stripe: Stripe, intentId: string): Promise<DisputeStatus[]> {
  const { data } = await stripe.disputes.list({ payment_intent: intentId, limit: disputesOfCharge });
  return data.flatMap((dispute) => statusOf(dispute) ?? []);
}

/**
 * The one place where Stripe's dispute states become ours. An inquiry (`warning_…`) has taken nothing, and what an alert
 * prevented has become a refund: neither is a dispute here. Fees in another currency than the payment's are not its books'.
 */
function statusOf(dispute: Stripe.Dispute): DisputeStatus | undefined {
  const state = stateOf(dispute.status);
  if (state === undefined) return undefined;
  const { id: disputeId, amount: amountMinor, reason, currency, evidence_details: evidence } = dispute;
  const fees = dispute.balance_transactions
    .filter((moved) => moved.currency === currency)
    .map(({ fee, amount }) => ({ fee, isBack: amount > 0 || fee < 0 }));
  const feeMinor = fees.reduce((sum, { fee, isBack }) => sum + (isBack ? 0 : fee), 0);
  const feeBackMinor = fees.reduce((sum, { fee, isBack }) => sum + (isBack ? Math.max(0, -fee) : 0), 0);
  const answerByMs = evidence.due_by === null ? undefined : evidence.due_by * secondMs;
  return { disputeId, amountMinor, feeMinor, feeBackMinor, state, reason, answerByMs };
}

function stateOf(status: Stripe.Dispute.Status): DisputeStatus['state'] | undefined {
  switch (status) {
    case 'needs_response':
    case 'under_review':
    case 'appeal_needs_response':
    case 'appeal_under_review':
      return 'open';
    case 'won':
      return 'won';
    case 'lost':
      return 'lost';
    default:
      return undefined;
  }
}
