import type { Order } from '#shared/orders/order.ts';
import type { MoneyStatus, MoneyStep } from '#shared/orders/steps.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Doorbell } from '../common/outbox-bell.ts';
import type {
  ConfirmAnswer,
  GoodsReturn,
  HoldAnswer,
  HoldRequest,
  ShopHoldRequest,
} from '../event-inventory/client.ts';
import type { Result } from '#shared/result.ts';

/** What an order asks of one inventory. Every call may be repeated: a hold's id is its idempotency key. */
export type StockPort<Request> = {
  readonly hold: (inventoryId: string, request: Request) => Promise<HoldAnswer>;
  /** Holds and confirms in one transaction, where nothing is to be paid. */
  readonly issue: (inventoryId: string, request: Request) => Promise<ConfirmAnswer>;
  readonly firm: (inventoryId: string, holdId: string) => Promise<HoldAnswer>;
  readonly confirm: (inventoryId: string, holdId: string) => Promise<ConfirmAnswer>;
  readonly release: (inventoryId: string, holdId: string) => Promise<Result<undefined>>;
};

/** What becomes of tickets an inventory made. Every call may be repeated. */
export type TicketPort = {
  readonly revoke: (
    inventoryId: string,
    request: { readonly ticketIds: readonly string[]; readonly isUnusedOnly: boolean },
  ) => Promise<Result<undefined>>;
  readonly dispute: (
    inventoryId: string,
    move: { readonly disputeId: string; readonly ticketIds: readonly string[]; readonly isOver: boolean },
  ) => Promise<unknown>;
};

/** What a desk needs from outside; the Worker that exports the class hands the adapters in. */
export type OrderDeskPorts = {
  readonly clock: () => EpochMs;
  readonly doorbell: Doorbell;
  readonly inventories: StockPort<HoldRequest>;
  readonly shops: StockPort<ShopHoldRequest>;
  readonly tickets: TicketPort;
  /** Of a business's own stock. May be repeated. */
  readonly takeBack: (inventoryId: string, request: GoodsReturn) => Promise<Result<undefined>>;
  /** Used in recovery only: otherwise the buyer's own Worker asks. Throws when there is no answer. */
  readonly money: (step: MoneyStep, order: Order) => Promise<MoneyStatus>;
  /** What the work comes to, or a rejection when it takes longer than that. The work itself is not stopped. */
  readonly within: <Value>(ms: number, work: Promise<Value>) => Promise<Value>;
};
