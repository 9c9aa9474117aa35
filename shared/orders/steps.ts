import type { GoodsLine } from '../inventory/shop-stock.ts';
import type { Failure } from '../result.ts';
import type { EpochMs } from '../time.ts';
import type { Attempt, BalanceStatus, GatewayStatus } from './attempt.ts';
import type { IssuedTicket } from './order.ts';
import type { RefundStatus } from './refund.ts';

/** One inventory, and the hold there. */
type At = { readonly inventoryId: string; readonly holdId: string };

export type StockStep = At &
  (
    | { readonly do: 'hold'; readonly firm: boolean }
    /** Holds and confirms at once: one inventory, nothing to pay. */
    | { readonly do: 'issue' }
    | { readonly do: 'firm' | 'confirm' | 'release' }
  );

export type GatewayOperation = 'open' | 'inquire' | 'abandon' | 'capture' | 'void' | 'refund';
export type GatewayStep = { readonly do: GatewayOperation; readonly attempt: Attempt };
export type BalanceStep = {
  readonly do: 'reserve' | 'post' | 'unreserve' | 'give_back';
  readonly attempt: Attempt;
};
/** Gives back a part of what a card paid. */
export type PayBackStep = {
  readonly do: 'pay_back';
  readonly attempt: Attempt;
  readonly refundId: string;
  readonly amountMinor: number;
};

/** Asked of somebody who keeps money; everything else is asked of inventories. */
export type MoneyStep = GatewayStep | BalanceStep | PayBackStep;
export type MoneyStatus = GatewayStatus | BalanceStatus | RefundStatus;

/** Revoked for money that is to go back: all of them or none. With `isUnusedOnly`, a used one refuses, and one that was given away. */
export type RevokeStep = {
  readonly do: 'revoke';
  readonly inventoryId: string;
  readonly refundId: string;
  readonly ticketIds: readonly string[];
  readonly isUnusedOnly: boolean;
};
export type SuspendStep = {
  readonly do: 'suspend' | 'reinstate';
  readonly inventoryId: string;
  readonly disputeId: string;
  readonly ticketIds: readonly string[];
};
/** Goods and uses of promotions that a refund gives back to a business's stock. */
export type ReturnStep = {
  readonly do: 'take_back';
  readonly inventoryId: string;
  readonly refundId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly lines: readonly GoodsLine[];
};

/** Asked of inventories about tickets that were made. */
export type TicketStep = RevokeStep | SuspendStep;

export type TicketOutcome =
  | {
      readonly of: 'revoke';
      readonly inventoryId: string;
      readonly refundId: string;
      /** Why none of them was. */
      readonly failure?: Failure | undefined;
    }
  | { readonly of: 'suspend' | 'reinstate'; readonly inventoryId: string; readonly disputeId: string };

export type Step = StockStep | TicketStep | ReturnStep | MoneyStep;

export type StockOutcome = At &
  (
    | { readonly of: 'hold'; readonly expiresAtMs?: EpochMs | undefined }
    | { readonly of: 'issue' | 'confirm'; readonly tickets: readonly IssuedTicket[] }
    | { readonly of: 'firm' | 'release' }
    | { readonly of: 'refusal'; readonly from: StockStep['do']; readonly failure: Failure }
  );

export type Outcome =
  | StockOutcome
  | TicketOutcome
  | { readonly of: 'take_back'; readonly inventoryId: string; readonly refundId: string }
  | { readonly of: 'money'; readonly attemptId: string; readonly status: MoneyStatus }
  | { readonly of: 'time'; readonly now: EpochMs };

export function isMoneyStep(step: Step): step is MoneyStep {
  return 'attempt' in step;
}

export function isReturnStep(step: Step): step is ReturnStep {
  return step.do === 'take_back';
}

export function isTicketStep(step: Step): step is TicketStep {
  return 'ticketIds' in step;
}
