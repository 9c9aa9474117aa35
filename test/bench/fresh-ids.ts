import { timedUuid } from '#shared/ids.ts';

/** As orders and scans are named: in time's order. */
export function freshId(): string {
  return timedUuid(Date.now(), crypto.randomUUID());
}

/** As customers are named, without any order (`customerIdOf`). */
export function freshCustomer(): string {
  return `cus_${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`;
}
