import type { EpochMs } from '../time.ts';
import type { Order } from './order.ts';

/**
 * What the gateway says of a card's bank that took a payment back and asks. Amounts only ever grow, and a verdict is final, so
 * that news may come late, twice and out of order.
 */
export type DisputeStatus = {
  readonly disputeId: string;
  /** What the bank withholds: of what went back by a refund already, perhaps once more. */
  readonly amountMinor: number;
  /** What the gateway charged for being asked, and what it gave back of that. */
  readonly feeMinor: number;
  readonly feeBackMinor: number;
  readonly state: 'open' | 'won' | 'lost';
  /** In the gateway's own word, such as `fraudulent`. */
  readonly reason: string;
  /** Until when the bank listens. */
  readonly answerByMs?: EpochMs | undefined;
};

/**
 * While it is open the tickets are suspended: whoever disputes a payment does not come in on it. Won, they are good again;
 * lost, they are refunded with what the bank took.
 */
export type Dispute = DisputeStatus & {
  /** Inventories that have done what the state asks of them. */
  readonly doneAt: readonly string[];
  /** Of a lost one: what the bank took is written to the lines it was for. */
  readonly isBooked?: boolean | undefined;
};

/** Whether money is with a bank that has not decided. */
export function isDisputed({ disputes = [] }: Pick<Order, 'disputes'>): boolean {
  return disputes.some(({ state }) => state === 'open');
}

/** What is known of disputes after some news; the very same list when nothing in it is new. */
export function withNews<Known extends DisputeStatus>(
  known: readonly Known[],
  news: readonly DisputeStatus[],
  opened: (status: DisputeStatus) => Known,
): readonly Known[] {
  const fresh = news.filter((status) => !known.some(({ disputeId }) => disputeId === status.disputeId));
  const told = known.map((before) => {
    const status = news.find(({ disputeId }) => disputeId === before.disputeId);
    return status !== undefined && isNews(before, status) ? grown(before, status) : before;
  });
  const isSame = fresh.length === 0 && told.every((dispute, index) => dispute === known[index]);
  return isSame ? known : [...told, ...fresh.map(opened)];
}

function isNews(before: DisputeStatus, { state, feeMinor, feeBackMinor, answerByMs }: DisputeStatus): boolean {
  const isVerdict = before.state === 'open' && state !== 'open';
  const isDateKnown = before.answerByMs === undefined && answerByMs !== undefined;
  return isVerdict || isDateKnown || feeMinor > before.feeMinor || feeBackMinor > before.feeBackMinor;
}

function grown<Known extends DisputeStatus>(before: Known, status: DisputeStatus): Known {
  return {
    ...before,
    state: before.state === 'open' ? status.state : before.state,
    feeMinor: Math.max(before.feeMinor, status.feeMinor),
    feeBackMinor: Math.max(before.feeBackMinor, status.feeBackMinor),
    answerByMs: before.answerByMs ?? status.answerByMs,
  };
}
