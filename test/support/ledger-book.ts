import * as fc from 'fast-check';
import { accountOf, type AccountId } from '#shared/ledger/accounts.ts';
import { transferFault, type Transfer } from '#shared/ledger/transfer.ts';
import { balanceOf, noSums, type Sums } from '#shared/ledger/trial-balance.ts';
import type { DeskMoneyEntry, LogEntry, Share } from '#shared/trail/entries.ts';

/** A ledger as plain as can be: what the database's is compared with. */
export class LedgerBook {
  readonly #written = new Map<string, Transfer>();
  readonly sums = new Map<AccountId, Sums>();

  /** False for a repeat. */
  post(transfer: Transfer): boolean {
    const fault = transferFault(transfer);
    if (fault !== undefined) throw new Error(`${transfer.transferId}: ${fault}`);
    if (this.#written.has(transfer.transferId)) return false;
    this.#written.set(transfer.transferId, transfer);
    const [debit, credit] = [this.#of(transfer.debit), this.#of(transfer.credit)];
    this.sums.set(transfer.debit, { ...debit, debitsPosted: debit.debitsPosted + transfer.amountMinor });
    this.sums.set(transfer.credit, { ...credit, creditsPosted: credit.creditsPosted + transfer.amountMinor });
    return true;
  }

  balance(id: AccountId): number {
    const account = accountOf(id);
    if (account === undefined) throw new Error(`No account ${id}`);
    return balanceOf(account.normalSide, this.#of(id));
  }

  /** What one order still has on an account. */
  ofOrder(orderId: string, id: AccountId): number {
    let minor = 0;
    for (const transfer of this.#written.values()) {
      if (transfer.orderId !== orderId) continue;
      if (transfer.credit === id) minor += transfer.amountMinor;
      if (transfer.debit === id) minor -= transfer.amountMinor;
    }
    return minor;
  }

  #of(id: AccountId): Sums {
    return this.sums.get(id) ?? noSums;
  }
}

type Body = DeskMoneyEntry;

/** Money of one order as its desk's log tells it, from the first capture to the last refund: `balance` parts are the ledger's own. */
export type OrderStory = {
  readonly orderId: string;
  readonly customerId: string;
  readonly entries: readonly LogEntry<Body>[];
};

const amount = fc.integer({ min: 0, max: 500_000 });
const businesses = ['biz_a', 'biz_b', 'biz_c'] as const;
const currency = 'GBP' as const;

const share: fc.Arbitrary<Share> = fc.record({
  businessId: fc.constantFrom(...businesses),
  countryCode: fc.constantFrom('GB', 'NG'),
  netMinor: amount,
  feeMinor: fc.integer({ min: 0, max: 5_000 }),
  taxMinor: fc.integer({ min: 0, max: 50_000 }),
  discounts: fc.array(
    fc.record({
      businessId: fc.constantFrom(...businesses, 'platform'),
      amountMinor: fc.integer({ min: 1, max: 900 }),
    }),
    { maxLength: 2 },
  ),
});

const totalOf = (shares: readonly Share[]) =>
  shares.reduce((sum, { netMinor, feeMinor, taxMinor }) => sum + netMinor + feeMinor + taxMinor, 0);

/** What is taken back of a sale: some of its shares, whole. */
const storyParts = fc.record({
  shares: fc.array(share, { minLength: 1, maxLength: 3 }),
  topUpMinor: fc.constantFrom(0, 0, 2_500),
  surplus: fc.boolean(),
  end: fc.constantFrom('tickets', 'no tickets', 'refunded', 'refunded to wallet', 'dispute won', 'dispute lost'),
});

/** Orders paid by card alone, each to an end of its own. */
export const orderStories: fc.Arbitrary<OrderStory[]> = fc
  .array(storyParts, { minLength: 1, maxLength: 6 })
  .map((parts) => parts.map((part, index) => story(`ord_eu00_${index}`, `cus_${index % 2}`, part)));

type Parts = typeof storyParts extends fc.Arbitrary<infer P> ? P : never;

function story(orderId: string, customerId: string, { shares, topUpMinor, surplus, end }: Parts): OrderStory {
  const ofOrder = { orderId, customerId, currency };
  const totalMinor = totalOf(shares) + topUpMinor;
  const at = (attempt: number) => ({
    ...ofOrder,
    attemptId: `${orderId}/${attempt}`,
    gateway: 'stripe' as const,
    gatewayRef: `pi_${orderId}_${attempt}`,
    amountMinor: totalMinor,
  });
  const tender = { cardMinor: totalMinor, walletMinor: 0, points: 0, pointsMinor: 0 };
  const refundMinor = totalOf(shares);
  const refund = { ...ofOrder, refundId: 'ref_1', amountMinor: refundMinor };
  const dispute = { ...ofOrder, disputeId: `dp_${orderId}`, gateway: 'stripe' as const, amountMinor: refundMinor };
  const decided = (cause: 'buyer' | 'dispute'): Body => ({ ...refund, kind: 'refund.decided', shares, cause });
  const bodies: Body[] = totalMinor === 0 ? [] : [{ kind: 'money.captured', ...at(1) }];
  if (surplus && totalMinor > 0) {
    bodies.push({ kind: 'money.captured', ...at(2) }, { kind: 'money.returned', ...at(2) });
  }
  if (end === 'no tickets') bodies.push(...(totalMinor === 0 ? [] : [{ kind: 'money.returned', ...at(1) } as const]));
  else bodies.push({ kind: 'order.earned', ...ofOrder, shares, topUpMinor, tender });
  if (end === 'refunded') bodies.push(decided('buyer'), { kind: 'refund.paid', ...refund, to: 'card' });
  if (end === 'refunded to wallet') bodies.push(decided('buyer'), { kind: 'refund.paid', ...refund, to: 'wallet' });
  if (end === 'dispute won') bodies.push({ kind: 'dispute.opened', ...dispute }, { kind: 'dispute.won', ...dispute });
  if (end === 'dispute lost') {
    bodies.push({ kind: 'dispute.opened', ...dispute }, decided('dispute'), { kind: 'dispute.lost', ...dispute });
  }
  return { orderId, customerId, entries: bodies.map((body, index) => ({ seq: index + 1, atMs: index + 1, ...body })) };
}
