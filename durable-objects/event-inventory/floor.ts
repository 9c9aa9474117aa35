import { floorFigures, floorWindowMs, type FloorFigures } from '#shared/gate/floor.ts';
import type { Announcement } from '#shared/gate/socket-messages.ts';
import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { EpochMs } from '#shared/time.ts';
import type { SegmentLog } from '../common/segment-log.ts';
import { standingAnnouncement } from './announcements.ts';
import type { InventoryContext } from './context.ts';
import { listDevices, type GateDevice } from './devices.ts';
import { openIncidents, type Incident } from './incidents.ts';
import { statuses, type ToldStatus } from './scanner-status.ts';

export type FloorDevice = GateDevice & { readonly isConnected: boolean; readonly told: ToldStatus | undefined };

/** What whoever supervises the gates looks at. */
export type Floor = FloorFigures & {
  readonly atMs: EpochMs;
  readonly devices: readonly FloorDevice[];
  readonly incidents: readonly Incident[];
  readonly announcement: Announcement | undefined;
};

/** The busiest quarter of an hour that is looked at whole; beyond it, its latest part. */
const entriesAtMost = 6_000;

/** The newest entries of the log, remembered while somebody looks, so that looking again reads only what is new. */
export class RecentEntries {
  readonly #log: SegmentLog<InventoryEntry>;
  #entries: LogEntry<InventoryEntry>[] = [];
  #seq = 0;

  constructor(log: SegmentLog<InventoryEntry>) {
    this.#log = log;
  }

  at(now: EpochMs): readonly LogEntry<InventoryEntry>[] {
    const headSeq = this.#log.headSeq();
    let seq = Math.max(this.#seq, headSeq - entriesAtMost);
    while (seq < headSeq) {
      const { entries } = this.#log.readAfter(seq);
      const last = entries.at(-1);
      if (last === undefined) break;
      this.#entries.push(...entries);
      ({ seq } = last);
    }
    this.#seq = seq;
    this.#entries = this.#entries.filter(({ atMs }) => atMs > now - floorWindowMs).slice(-entriesAtMost);
    return this.#entries;
  }
}

export function floorNow(
  context: InventoryContext,
  recent: RecentEntries,
  connected: ReadonlySet<string>,
  now: EpochMs,
): Floor {
  const told = statuses(context);
  const devices = listDevices(context.sql).map((device) => ({
    ...device,
    isConnected: connected.has(device.deviceId),
    told: told.get(device.deviceId),
  }));
  return {
    ...floorFigures(recent.at(now), now),
    atMs: now,
    devices,
    incidents: openIncidents(context),
    announcement: standingAnnouncement(context.sql, now),
  };
}

/** A ticket on the list that is printed for when nothing else works. No names: a list is left lying about. */
export type ListedTicket = {
  readonly handle: string;
  readonly typeId: string;
  readonly orderId: string;
  readonly status: string;
  readonly entries: number;
};

export const listedAtOnce = 1_000;

/** By number, after one; a page of them. */
export function ticketList({ sql }: Pick<InventoryContext, 'sql'>, afterHandle: string): ListedTicket[] {
  return sql
    .exec<ListedTicket>(
      `SELECT handle, type_id AS typeId, order_id AS orderId, status, entries FROM tickets
       WHERE handle > ? ORDER BY handle LIMIT ?`,
      afterHandle,
      listedAtOnce,
    )
    .toArray();
}
