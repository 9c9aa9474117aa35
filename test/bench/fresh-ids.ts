import { timedUuid } from '#shared/ids.ts';

/** As orders and scans are named: in time's order. */
export function freshId(): string {
  return timedUuid(Date.now(), crypto.randomUUID());
}

/** As customers are named, without any order (`customerIdOf`). */
export function freshCustomer(): string {
  return `cus_${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`;
}

/** Many at once, for what must not spend on them the time that is measured. */
export function freshIds(count: number): string[] {
  const first = freshId();
  return Array.from({ length: count }, (_, index) => first.slice(0, -4) + index.toString(16).padStart(4, '0'));
}
