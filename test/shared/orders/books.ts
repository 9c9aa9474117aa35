import {
  accountOf,
  disputesAccount,
  gatewayAccount,
  receivableAccount,
  type AccountId,
} from '#shared/ledger/accounts.ts';
import { postingsOf } from '#shared/ledger/postings.ts';
import type { DisputeStatus } from '#shared/orders/dispute.ts';
import type { Order } from '#shared/orders/order.ts';
import { isDecided, paidToCard } from '#shared/orders/refund.ts';
import { LedgerBook } from '#test/support/ledger-book.ts';
import type { World } from './world.ts';

/** The ledger that a world's desk log makes, beside what its desk itself says of the money. */
export class Books {
  readonly book = new LedgerBook();
  #read = 0;
  #seen: Order | undefined;

  /** Posts what is new in the log, once, and compares: whatever has just happened, desk and ledger agree (I3, I4). */
  follow(world: World): this {
    const { order } = world;
    if (order === this.#seen) return this;
    this.#seen = order;
    for (const entry of world.entries.slice(this.#read)) {
      this.#read += 1;
      if (entry.kind === 'order.moved') continue;
      for (const transfer of postingsOf({ seq: this.#read, atMs: world.now, ...entry })) {
        if (!this.book.post(transfer)) throw new Error(`Posted twice: ${transfer.transferId}`);
      }
    }
    const { disputes = [], overpaid = [] } = order;
    this.#same(gatewayAccount('stripe', 'GBP'), atGatewayMinor(order));
    this.#same(disputesAccount('GBP'), disputedMinor(disputes, 'open'));
    this.#same(receivableAccount(order.snapshot.customerId, 'GBP'), sumOf(overpaid));
    const isDisputed = disputes.some(({ state }) => state === 'open');
    if (!isDisputed && this.#withheldMinor() !== 0) throw new Error('Something is withheld, and no bank asks');
    return this;
  }

  /** Told apart by hand: this runs after each of millions of happenings. */
  #same(account: AccountId, deskMinor: number): void {
    const ledgerMinor = this.book.balance(account);
    if (ledgerMinor !== deskMinor) throw new Error(`${account}: desk says ${deskMinor}, ledger ${ledgerMinor}`);
  }

  #withheldMinor(): number {
    return [...this.book.sums.keys()]
      .filter((id: AccountId) => accountOf(id)?.kind === 'withheld')
      .reduce((sum, id) => sum + this.book.balance(id), 0);
  }
}

export function disputedMinor(disputes: readonly DisputeStatus[], state: DisputeStatus['state']): number {
  return sumOf(disputes.filter((dispute) => dispute.state === state));
}

/** What the desk knows to be at the gateway: taken, less what went back, what banks withhold or took, and their fees. */
function atGatewayMinor(order: Order): number {
  const { attempts, refunds, disputes = [], overpaid = [], state } = order;
  const takenMinor = attempts.reduce((sum, attempt, index) => {
    const paysTickets = state === 'completed' && index === attempts.length - 1;
    const isIn = attempt.state === 'captured' || (attempt.state === 'refunded' && paysTickets);
    return isIn ? sum + attempt.tender.cardMinor : sum;
  }, 0);
  const lostMinor = disputedMinor(disputes, 'open') + disputedMinor(disputes, 'lost');
  const feesMinor = disputes.reduce((sum, { feeMinor, feeBackMinor }) => sum + feeMinor - feeBackMinor, 0);
  const twiceMinor = sumOf(overpaid.filter(({ cause }) => cause === 'gateway_dashboard'));
  return takenMinor - paidToCard(refunds.filter(isDecided)) - lostMinor - feesMinor - twiceMinor;
}

function sumOf(items: readonly { readonly amountMinor: number }[]): number {
  return items.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
