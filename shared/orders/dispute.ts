import type { Order } from './order.ts';

/**
 * A card's bank took the money back and asks. While it is open the tickets are suspended: whoever disputes a payment does not
 * come in on it. Won, they are good again; lost, they are refunded with what the bank took.
 */
export type Dispute = {
  readonly disputeId: string;
  /** What the bank withholds. */
  readonly amountMinor: number;
  readonly state: 'open' | 'won' | 'lost';
  /** Inventories that have done what the state asks of them. */
  readonly doneAt: readonly string[];
};

export type DisputeStatus = Pick<Dispute, 'disputeId' | 'amountMinor' | 'state'>;

/** Whether money is with a bank that has not decided. */
export function isDisputed({ disputes = [] }: Pick<Order, 'disputes'>): boolean {
  return disputes.some(({ state }) => state === 'open');
}
