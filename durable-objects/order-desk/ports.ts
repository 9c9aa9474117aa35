import type { GatewayStatus } from '#shared/orders/attempt.ts';
import type { Order } from '#shared/orders/order.ts';
import type { GatewayStep } from '#shared/orders/saga.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Doorbell } from '../common/outbox-bell.ts';
import type { ConfirmAnswer, HoldAnswer, HoldRequest } from '../event-inventory/client.ts';
import type { Result } from '#shared/result.ts';

/** What a desk needs from outside; the Worker that exports the class hands the adapters in. */
export type OrderDeskPorts = {
  readonly clock: () => EpochMs;
  readonly doorbell: Doorbell;
  readonly inventories: {
    readonly hold: (eventId: string, request: HoldRequest) => Promise<HoldAnswer>;
    readonly firm: (eventId: string, holdId: string) => Promise<HoldAnswer>;
    readonly confirm: (eventId: string, holdId: string) => Promise<ConfirmAnswer>;
    readonly release: (eventId: string, holdId: string) => Promise<Result<undefined>>;
  };
  /** Used in recovery only: otherwise the buyer's own Worker calls the gateway. Throws when it does not answer. */
  readonly gateway: (step: GatewayStep, order: Order) => Promise<GatewayStatus>;
};
