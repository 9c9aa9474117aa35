import type { GoodsLine } from '../inventory/shop-stock.ts';
import type { Failure } from '../result.ts';

/** Why money goes back. */
export type RefundCause =
  | 'buyer'
  | 'organiser'
  | 'event_cancelled'
  | 'event_postponed'
  | 'gateway_dashboard'
  | 'dispute';

/** What an organiser gives back for, as they say it. */
export const refundReasons = [
  'asked',
  'cannot_come',
  'bought_twice',
  'wrong_ticket',
  'programme_changed',
  'complaint',
  'goodwill',
] as const;
export type RefundReason = (typeof refundReasons)[number];

export type RefundedLine = {
  readonly lineId: string;
  readonly ticketIds: readonly string[];
  /** Zero where money goes back and nothing is taken away for it. */
  readonly quantity: number;
  readonly amountMinor: number;
  /** What the rules let the seller keep of it; absent in refunds from before anything was kept. */
  readonly keptMinor?: number;
};

/** Money goes back the ways it came, each a leg. */
export type RefundLeg = {
  readonly to: 'card' | 'wallet' | 'points';
  /** What it had been paid by, where it goes back another way. */
  readonly from?: 'card' | undefined;
  readonly amountMinor: number;
  readonly points?: number | undefined;
  readonly state: 'new' | 'done' | 'failed';
  /** The card has it back because its bank took it, while ours was still to be paid. */
  readonly isTaken?: boolean | undefined;
};

/**
 * new: asked for, tickets are being revoked · revoked: they are, and nothing has gone back yet · paying: a part is on its way
 * · done · failed: nothing was revoked and nothing goes back. Tickets are revoked before any money moves.
 */
export type Refund = {
  readonly refundId: string;
  readonly lines: readonly RefundedLine[];
  readonly amountMinor: number;
  /** What the rules let the seller keep. */
  readonly keptFeeMinor: number;
  readonly to: 'source' | 'wallet';
  readonly cause: RefundCause;
  readonly byId: string;
  readonly state: 'new' | 'revoked' | 'paying' | 'done' | 'failed';
  readonly legs: readonly RefundLeg[];
  /** Inventories whose tickets of it are revoked, while it is new. */
  readonly revokedAt?: readonly string[] | undefined;
  /** A buyer's own wish: a ticket that was used by then refuses all of it. */
  readonly isUnusedOnly?: boolean | undefined;
  /** Its goods can be sold again: whoever refunds them says so. */
  readonly isOnShelf?: boolean | undefined;
  /** What inventories are still to take back; nothing in refunds from before any did. */
  readonly returns?: readonly StockReturn[] | undefined;
  /** Of an organiser's own. */
  readonly reason?: RefundReason | undefined;
  readonly failure?: Failure | undefined;
};

/** Money a card has got that nothing here was left to be given back for: its buyer has been paid twice, and owes it. */
export type Overpaid = {
  readonly name: string;
  readonly cause: Extract<RefundCause, 'gateway_dashboard' | 'dispute'>;
  readonly amountMinor: number;
};

/** Goods, and uses of promotions, that one business's inventory gets back. */
export type StockReturn = { readonly inventoryId: string; readonly lines: readonly GoodsLine[] };

/** What is asked for; ids of tickets where a line is of tickets. */
export type RefundRequest = Pick<Refund, 'refundId' | 'to' | 'cause' | 'byId'> & {
  readonly lines: readonly WantedLine[];
  readonly isUnusedOnly: boolean;
  readonly reason?: RefundReason | undefined;
  readonly isOnShelf?: boolean | undefined;
  /** How many refunds whoever asks has seen the order to have: with another since, their form is an old one. */
  readonly seen?: number | undefined;
};

export type WantedLine = {
  readonly lineId: string;
  readonly ticketIds: readonly string[];
  /** Zero with `amountMinor` alone. */
  readonly quantity: number;
  /** Given back to please, with nothing taken away for it. */
  readonly amountMinor?: number | undefined;
  /** What the seller keeps of it: 0 … 100. */
  readonly feePercent: number;
};

/** What the gateway says of a refund's part to the card. */
export type RefundStatus = { readonly refundId: string; readonly isPaid: boolean };

/** Money goes back, or has: only what was asked for and refused before anything moved does not count. */
export function counts({ state }: Refund): boolean {
  return state !== 'failed';
}

/** Its tickets are revoked: from here on it cannot be refused any more. */
export function isDecided({ state }: Refund): boolean {
  return state === 'revoked' || state === 'paying' || state === 'done';
}

/**
 * How much of a refund's part the card has not got yet. What went back beyond those known is counted into it: its own answer
 * may have got lost, and whoever gives money back in the gateway's dashboard while ours is on its way gives back this.
 */
export function stillDueMinor(refunds: readonly Refund[], amountMinor: number, refundedMinor: number): number {
  return Math.max(0, amountMinor - Math.max(0, refundedMinor - paidToCard(refunds)));
}

/** What the gateway was asked to give back to the card and did. What a bank took back by itself is none of it. */
export function paidToCard(refunds: readonly Refund[], states: readonly RefundLeg['state'][] = ['done']): number {
  return refunds
    .filter(({ cause }) => cause !== 'dispute')
    .flatMap(({ legs }) => legs)
    .filter(({ to, state, isTaken }) => to === 'card' && isTaken !== true && states.includes(state))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** Those decided before this one, oldest first. */
export function refundsBefore({ refunds }: { readonly refunds: readonly Refund[] }, { refundId }: Refund): Refund[] {
  const at = refunds.findIndex((known) => known.refundId === refundId);
  return refunds.slice(0, at).filter(isDecided);
}

/** What went back of a line, refund by refund. */
export function backOfLine(refunds: readonly Refund[], lineId: string): number[] {
  return refunds.flatMap(({ lines }) =>
    lines.filter((line) => line.lineId === lineId).map(({ amountMinor }) => amountMinor),
  );
}
