import { dayMs } from '#shared/time.ts';
import { refund } from './merchant-moves.ts';
import type { BankDispute, Moved, Payment } from './payment.ts';
import { isRefusal } from './refusals.ts';

/** What happens to a payment that was taken, long after: at the holder's bank, and in the merchant's own dashboard. */
export const laterChoices = ['dispute', 'win', 'lose', 'refund_all', 'refund_part'] as const;
export type LaterChoice = (typeof laterChoices)[number];

/** Charged for each dispute, in minor units; given back where the merchant wins. */
export const disputeFeeMinor = 1_500;
/** How long the bank waits for evidence. */
const patienceMs = 7 * dayMs;
/** Of what is left, a person gives back the fourth part. */
const partOf = 4;

/** What may happen now, in the order of the buttons. */
export function laterChoicesOf({ intent, disputes = [] }: Payment): LaterChoice[] {
  if (intent?.status !== 'succeeded') return [];
  if (openDispute(disputes) !== undefined) return ['win', 'lose'];
  if (disputes.some(({ status }) => status === 'lost')) return [];
  const isLeft = intent.charge?.isCaptured === true;
  return isLeft ? ['dispute', 'refund_all', 'refund_part'] : [];
}

/** Undefined: too late, nothing changes. */
export function happenLater(payment: Payment, choice: LaterChoice, id: string, now: number): Moved | undefined {
  if (!laterChoicesOf(payment).includes(choice)) return undefined;
  switch (choice) {
    case 'dispute':
      return disputed(payment, id, now);
    case 'win':
    case 'lose':
      return decided(payment, choice === 'win' ? 'won' : 'lost', now);
    case 'refund_all':
    case 'refund_part':
      return refundedInDashboard(payment, choice === 'refund_part');
  }
}

function openDispute(disputes: readonly BankDispute[]): BankDispute | undefined {
  return disputes.find(({ status }) => status === 'needs_response');
}

/** The whole charge, whatever went back of it since: banks do not ask. */
function disputed(payment: Payment, id: string, now: number): Moved {
  const opened: BankDispute = {
    id,
    amountMinor: payment.terms.amountMinor,
    status: 'needs_response',
    createdAtMs: now,
    answerByMs: now + patienceMs,
  };
  return {
    payment: { ...payment, disputes: [...(payment.disputes ?? []), opened] },
    events: ['charge.dispute.created', 'charge.dispute.funds_withdrawn'],
  };
}

function decided(payment: Payment, status: 'won' | 'lost', now: number): Moved {
  const disputes = (payment.disputes ?? []).map((dispute) =>
    dispute.status === 'needs_response' ? { ...dispute, status, decidedAtMs: now } : dispute,
  );
  const reinstated = status === 'won' ? (['charge.dispute.funds_reinstated'] as const) : [];
  return { payment: { ...payment, disputes }, events: ['charge.dispute.closed', ...reinstated] };
}

function refundedInDashboard(payment: Payment, isPart: boolean): Moved | undefined {
  const { intent, terms } = payment;
  if (intent === undefined) return undefined;
  const leftMinor = terms.amountMinor - (intent.charge?.refundedMinor ?? 0);
  const moved = refund(payment, intent, isPart ? Math.ceil(leftMinor / partOf) : undefined);
  return isRefusal(moved) ? undefined : moved;
}
