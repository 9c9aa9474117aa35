import { withNews, type DisputeStatus } from './dispute.ts';
import { minuteMs, type EpochMs } from '../time.ts';

/**
 * One try to pay. `new` is written before the gateway hears of it; `open` waits for the buyer and the bank; `dead` can
 * never take money any more. Each state outranks the ones before it, so that late and reordered news change nothing.
 */
export const attemptStates = ['new', 'open', 'dead', 'authorised', 'voided', 'captured', 'refunded'] as const;
export type AttemptState = (typeof attemptStates)[number];

/** `balance`: all of it from what the buyer has with us, no card is asked. */
export type PaymentMethod = 'card' | 'balance';

/** What an attempt takes, and from where. `cardMinor + walletMinor + pointsMinor` is the order's total. */
export type Tender = {
  readonly cardMinor: number;
  readonly walletMinor: number;
  readonly points: number;
  /** What the points are worth. */
  readonly pointsMinor: number;
};

/**
 * How the part that is not the card's stands in the ledger. `new`: nobody was asked yet, or did not answer. A reserved one is
 * posted once the card was captured, and cannot be refused any more; refused and void ones never took anything, a returned
 * one was posted and given back.
 */
export const balanceStates = ['new', 'refused', 'reserved', 'void', 'posted', 'returned'] as const;
export type BalanceState = (typeof balanceStates)[number];

export type Attempt = {
  /** With the operation's name, the idempotency key of each call to the gateway. */
  readonly attemptId: string;
  readonly method: PaymentMethod;
  readonly tender: Tender;
  /** Where the tender takes from wallet or points. */
  readonly balance?: BalanceState | undefined;
  readonly state: AttemptState;
  readonly createdAtMs: EpochMs;
  /** When the desk stops waiting for the buyer and asks the gateway to end it. */
  readonly deadlineMs: EpochMs;
  /** The gateway's names for it, once it has any. */
  readonly sessionId?: string | undefined;
  readonly intentId?: string | undefined;
  /** Where the buyer pays. */
  readonly url?: string | undefined;
  /** The most the gateway said it gave back of it, whoever asked, and what it said of disputes: facts, in any state. */
  readonly refundedMinor?: number | undefined;
  readonly disputes?: readonly DisputeStatus[] | undefined;
};

/** What the gateway says of an attempt's card, in answer to any call, webhook or inquiry. */
export type GatewayStatus = {
  readonly state: Exclude<AttemptState, 'new'>;
  readonly sessionId?: string | undefined;
  readonly intentId?: string | undefined;
  readonly url?: string | undefined;
  /** What it gave back of it so far, whoever asked; where it said so. */
  readonly refundedMinor?: number | undefined;
  readonly disputes?: readonly DisputeStatus[] | undefined;
};

/** How long the stock of an order waits, firm, while its buyer is with the bank. */
export const paymentPatienceMs = 15 * minuteMs;

/**
 * Gateways forget idempotency keys after a day: from then on nothing is posted for an attempt before it was looked up. An
 * hour is left for clocks that disagree.
 */
export const postableMs = 23 * 60 * minuteMs;

/** What the ledger says of an attempt's part from wallet and points. */
export type BalanceStatus = { readonly balance: BalanceState };

/** The attempt after some news, or undefined when there is nothing new in it. */
export function learn(attempt: Attempt, status: GatewayStatus | BalanceStatus): Attempt | undefined {
  return 'balance' in status ? learnBalance(attempt, status) : learnCard(attempt, status);
}

function learnCard(attempt: Attempt, status: GatewayStatus): Attempt | undefined {
  const facts = withFacts(attempt, status);
  if (attemptStates.indexOf(status.state) < attemptStates.indexOf(attempt.state)) {
    return facts === attempt ? undefined : facts;
  }
  const { state } = status;
  const sessionId = status.sessionId ?? attempt.sessionId;
  const intentId = status.intentId ?? attempt.intentId;
  const url = state === 'open' ? (status.url ?? attempt.url) : undefined;
  const isKnown =
    state === attempt.state && sessionId === attempt.sessionId && intentId === attempt.intentId && url === attempt.url;
  if (isKnown) return facts === attempt ? undefined : facts;
  return { ...facts, state, sessionId, intentId, url };
}

/** What an older answer says that arrives late is less than what is known, and changes nothing. */
function withFacts(attempt: Attempt, { refundedMinor = 0, disputes: news = [] }: GatewayStatus): Attempt {
  const { disputes: known = [] } = attempt;
  const disputes = withNews(known, news, (status) => status);
  const isMore = refundedMinor > (attempt.refundedMinor ?? 0);
  if (!isMore && disputes === known) return attempt;
  return { ...attempt, ...(isMore && { refundedMinor }), ...(disputes.length > 0 && { disputes }) };
}

/** Without a card, the balance alone says how the attempt stands. */
const standsAs = {
  new: 'new',
  refused: 'dead',
  reserved: 'open',
  void: 'dead',
  posted: 'captured',
  returned: 'refunded',
} as const satisfies Record<BalanceState, AttemptState>;

function learnBalance(attempt: Attempt, { balance }: BalanceStatus): Attempt | undefined {
  const known = attempt.balance;
  if (known === undefined || balanceStates.indexOf(balance) <= balanceStates.indexOf(known)) return undefined;
  if (attempt.method === 'balance') return { ...attempt, balance, state: standsAs[balance] };
  // The card is asked only for what the balance leaves: without it, an attempt that never began never will.
  const isOver = attempt.state === 'new' && balance !== 'reserved';
  return { ...attempt, balance, state: isOver ? 'dead' : attempt.state };
}

export function byCard(totalMinor: number): Tender {
  return { cardMinor: totalMinor, walletMinor: 0, points: 0, pointsMinor: 0 };
}

/** Whole amounts that make the total, and points that are worth something. */
export function isTenderOf({ cardMinor, walletMinor, points, pointsMinor }: Tender, totalMinor: number): boolean {
  const amounts = [cardMinor, walletMinor, points, pointsMinor];
  if (!amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0)) return false;
  return cardMinor + walletMinor + pointsMinor === totalMinor && points > 0 === pointsMinor > 0;
}

export function newAttempt({ attemptId, tender }: { attemptId: string; tender: Tender }, now: EpochMs): Attempt {
  const isBalanced = tender.walletMinor > 0 || tender.points > 0;
  return {
    attemptId,
    method: tender.cardMinor > 0 ? 'card' : 'balance',
    tender,
    ...(isBalanced ? { balance: 'new' } : {}),
    state: 'new',
    createdAtMs: now,
    deadlineMs: now + paymentPatienceMs,
  };
}
