import type { EpochMs } from '#shared/time.ts';
import type { Doorbell } from '../common/outbox-bell.ts';
import type { ConfirmAnswer, HoldAnswer, HoldRequest } from '../event-inventory/client.ts';

/** What a desk needs from outside; the Worker that exports the class hands the adapters in. */
export type OrderDeskPorts = {
  readonly clock: () => EpochMs;
  readonly doorbell: Doorbell;
  readonly inventories: {
    readonly hold: (eventId: string, request: HoldRequest) => Promise<HoldAnswer>;
    readonly confirm: (eventId: string, holdId: string) => Promise<ConfirmAnswer>;
  };
};
