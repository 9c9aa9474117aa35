import { timedUuid } from '#shared/ids.ts';

/** An id for a scan, a redemption or whatever else a gate asks for once. */
export function freshScanId(): string {
  return timedUuid(Date.now(), crypto.randomUUID());
}
