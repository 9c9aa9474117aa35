/** Why money goes back. */
export type RefundCause =
  | 'buyer'
  | 'organiser'
  | 'event_cancelled'
  | 'event_postponed'
  | 'gateway_dashboard'
  | 'dispute';

export type RefundedLine = {
  readonly lineId: string;
  readonly ticketIds: readonly string[];
  readonly quantity: number;
  readonly amountMinor: number;
};

/** Money goes back the ways it came, each a leg. */
export type RefundLeg = {
  readonly to: 'card' | 'wallet' | 'points';
  readonly amountMinor: number;
  readonly points?: number | undefined;
  readonly state: 'new' | 'done' | 'failed';
};

/** Tickets are revoked before any money moves. */
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
};
