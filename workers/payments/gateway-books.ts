import { Stripe } from 'stripe';
import type { GatewayMovement } from '#shared/ledger/reconcile.ts';
import { secondMs, type EpochMs } from '#shared/time.ts';

/** What a gateway itself says it did with our money, for comparing with what we say (I3). Throws when it does not answer. */
export type GatewayBooks = {
  readonly movements: (window: { readonly fromMs: EpochMs; readonly untilMs: EpochMs }) => Promise<GatewayList>;
};

export type GatewayList = {
  /** `ref`: the gateway's name of the payment. */
  readonly movements: readonly GatewayMovement[];
  /** There was more than one look reads: a difference may then be of what was left out. */
  readonly isCut: boolean;
};

const pageLength = 100;
/** Ten thousand movements: beyond that, look at a shorter time. */
const pagesMax = 100;
const callTimeoutMs = 10_000;

/**
 * Stripe's own list of a balance's movements (`balance_transactions`), page by page: charges when they are captured, refunds,
 * and disputes as adjustments. Fees of payments and payouts to our bank
 * are no business of orders and are passed over; those of disputes are.
 */
export function stripeBooks(account: { readonly secretKey: string; readonly fetch: typeof fetch }): GatewayBooks {
  const stripe = new Stripe(account.secretKey, {
    httpClient: Stripe.createFetchHttpClient(account.fetch),
    timeout: callTimeoutMs,
    maxNetworkRetries: 1,
    telemetry: false,
  });
  return {
    async movements({ fromMs, untilMs }): Promise<GatewayList> {
      const created = { gte: Math.floor(fromMs / secondMs), lt: Math.ceil(untilMs / secondMs) };
      const movements: GatewayMovement[] = [];
      let after: string | undefined;
      for (let page = 0; page < pagesMax; page += 1) {
        const { data, has_more: hasMore } = await stripe.balanceTransactions.list({
          created,
          limit: pageLength,
          expand: ['data.source'],
          ...(after !== undefined && { starting_after: after }),
        });
        movements.push(...data.flatMap(movementOf));
        after = data.at(-1)?.id;
        if (!hasMore || after === undefined) return { movements, isCut: false };
      }
      return { movements, isCut: true };
    },
  };
}

function movementOf({ amount, fee, currency, created, source }: Stripe.BalanceTransaction): GatewayMovement[] {
  if (source === null || typeof source === 'string') return [];
  const ref = 'payment_intent' in source ? idOf(source.payment_intent) : undefined;
  if (ref === undefined) return [];
  const moved = { ref, currency: currency.toUpperCase(), atMs: created * secondMs };
  switch (source.object) {
    case 'charge':
      return [{ ...moved, kind: 'captured', amountMinor: amount }];
    case 'refund':
      return [{ ...moved, kind: 'returned', amountMinor: -amount }];
    case 'dispute':
      return [
        ...(amount === 0 ? [] : [{ ...moved, kind: disputedWhen(amount < 0), amountMinor: Math.abs(amount) }]),
        // Unlike those of payments, which the gateway keeps, these are charged to the order's sellers.
        ...(fee === 0 ? [] : [{ ...moved, kind: feeWhen(fee > 0), amountMinor: Math.abs(fee) }]),
      ];
    default:
      return [];
  }
}

const disputedWhen = (isTaken: boolean): GatewayMovement['kind'] => (isTaken ? 'disputed' : 'dispute_returned');
const feeWhen = (isTaken: boolean): GatewayMovement['kind'] => (isTaken ? 'dispute_fee' : 'fee_returned');

function idOf(intent: string | { readonly id: string } | null): string | undefined {
  return typeof intent === 'string' ? intent : intent?.id;
}
