import { disputeFeeMinor } from './dispute-moves.ts';
import { chargeObject, disputeObject, refundObject } from './stripe-objects.ts';
import type { Payment } from './payment.ts';

/** Money that moved, as the bank writes it down: what a merchant's balance is made of. */
export type BankEntry = {
  readonly id: string;
  readonly kind: 'charge' | 'refund' | 'dispute' | 'dispute_reversal';
  readonly sessionId: string;
  /** The charge's or the refund's id. */
  readonly sourceId: string;
  readonly amountMinor: number;
  readonly atMs: number;
};

/** What a payment's move means for the merchant's balance. A reservation that is let go moves nothing. */
export function entriesOf(
  before: Payment | undefined,
  after: Payment,
  { freshId, atMs }: { freshId: (prefix: string) => string; atMs: number },
): BankEntry[] {
  const [was, is] = [before?.intent?.charge, after.intent?.charge];
  if (is === undefined || !is.isCaptured) return [];
  const { sessionId } = after;
  const disputed = disputeEntries(before, after, { freshId, atMs });
  const charged: BankEntry[] = was?.isCaptured
    ? []
    : [
        {
          id: freshId('txn_'),
          kind: 'charge',
          sessionId,
          sourceId: is.id,
          amountMinor: after.terms.amountMinor,
          atMs,
        },
      ];
  const backMinor = is.refundedMinor - (was?.isCaptured ? was.refundedMinor : 0);
  if (backMinor <= 0) return [...charged, ...disputed];
  const refunded: BankEntry = {
    id: freshId('txn_'),
    kind: 'refund',
    sessionId,
    sourceId: freshId('re_'),
    amountMinor: backMinor,
    atMs,
  };
  return [...charged, refunded, ...disputed];
}

/** Taken as it is opened, given back as it is won. */
function disputeEntries(
  before: Payment | undefined,
  { sessionId, disputes = [] }: Payment,
  { freshId, atMs }: { freshId: (prefix: string) => string; atMs: number },
): BankEntry[] {
  return disputes.flatMap(({ id: sourceId, status, amountMinor }) => {
    const known = before?.disputes?.find(({ id }) => id === sourceId);
    const entry = (kind: BankEntry['kind']): BankEntry => ({
      id: freshId('txn_'),
      kind,
      sessionId,
      sourceId,
      amountMinor,
      atMs,
    });
    return [
      ...(known === undefined ? [entry('dispute')] : []),
      ...(status === 'won' && known?.status !== 'won' ? [entry('dispute_reversal')] : []),
    ];
  });
}

/** An entry in the API's words. This bank charges a fee for disputes alone. */
export function transactionObject(
  { id, kind, sourceId, amountMinor, atMs }: BankEntry,
  payment: Payment,
  isWhole: boolean,
) {
  const amount = kind === 'charge' || kind === 'dispute_reversal' ? amountMinor : -amountMinor;
  const fee = kind === 'dispute' ? disputeFeeMinor : kind === 'dispute_reversal' ? -disputeFeeMinor : 0;
  const created = Math.floor(atMs / 1_000);
  return {
    id,
    object: 'balance_transaction',
    amount,
    available_on: created,
    created,
    currency: payment.terms.currency,
    description: payment.terms.title,
    exchange_rate: null,
    fee,
    fee_details: [],
    net: amount - fee,
    reporting_category: kind,
    source: isWhole ? sourceObject({ kind, sourceId, amountMinor, atMs }, payment) : sourceId,
    status: 'available',
    type: kind === 'charge' || kind === 'refund' ? kind : 'adjustment',
  };
}

function sourceObject({ kind, sourceId, amountMinor, atMs }: Omit<BankEntry, 'id' | 'sessionId'>, payment: Payment) {
  const { intent } = payment;
  if (intent === undefined) return null;
  if (kind === 'charge') return chargeObject(payment, intent);
  const dispute = payment.disputes?.find(({ id }) => id === sourceId);
  if (dispute !== undefined) return disputeObject(payment, dispute);
  return refundObject(payment, intent, { id: sourceId, amountMinor, atMs });
}
