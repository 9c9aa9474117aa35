import type { Reason } from '../admission/verdict.ts';
import { minuteMs, type EpochMs } from '../time.ts';
import type { InventoryEntry, LogEntry } from '../trail/entries.ts';

/** How far back a supervisor's figures look: long enough to see a queue build, short enough to see it go. */
export const floorWindowMs = 15 * minuteMs;
const rateOverMinutes = 5;

/** A lane lets about eleven people a minute in, twenty at its best; near that for minutes on end, a queue stands before it. */
const busyPerMinute = 11;
/** One refusal in five, and not by chance: something is wrong that the lane cannot mend. */
const refusedShare = 0.2;
const refusedAtLeast = 5;

export type LaneWarning = 'queue' | 'refusals';

export type Lane = {
  readonly deviceId: string;
  readonly gateId: string;
  /** People it let in a minute, over the last five. */
  readonly perMinute: number;
  readonly refused: number;
  readonly lastScanAtMs: EpochMs;
  readonly warnings: readonly LaneWarning[];
};

export type FloorFigures = {
  readonly lanes: readonly Lane[];
  /** Most frequent first. */
  readonly refusals: readonly { readonly reason: Reason; readonly count: number }[];
  readonly overrides: number;
};

type Scan = {
  readonly deviceId: string;
  readonly gateId: string;
  readonly atMs: EpochMs;
  readonly hasEntered: boolean;
  readonly isRefused: boolean;
  readonly reason: Reason;
};

/** What the log's newest entries say of each lane. Pure: the same entries and instant, the same figures. */
export function floorFigures(entries: readonly LogEntry<InventoryEntry>[], now: EpochMs): FloorFigures {
  const scans = entries.flatMap(scanIn).filter(({ atMs }) => atMs > now - floorWindowMs && atMs <= now);
  const byDevice = Map.groupBy(scans, ({ deviceId }) => deviceId);
  const refused = Map.groupBy(
    scans.filter(({ isRefused }) => isRefused),
    ({ reason }) => reason,
  );
  return {
    lanes: [...byDevice]
      .map(([deviceId, own]) => laneOf(deviceId, own, now))
      .toSorted((a, b) => b.perMinute - a.perMinute),
    refusals: [...refused]
      .map(([reason, { length }]) => ({ reason, count: length }))
      .toSorted((a, b) => b.count - a.count),
    overrides: scans.filter(({ reason }) => reason === 'overridden').length,
  };
}

function laneOf(deviceId: string, scans: readonly Scan[], now: EpochMs): Lane {
  const last = scans.reduce((newest, scan) => (scan.atMs >= newest.atMs ? scan : newest));
  const lately = scans.filter(({ atMs }) => atMs > now - rateOverMinutes * minuteMs);
  const perMinute = lately.filter(({ hasEntered }) => hasEntered).length / rateOverMinutes;
  const refused = lately.filter(({ isRefused }) => isRefused).length;
  const warnings: LaneWarning[] = [];
  if (perMinute >= busyPerMinute) warnings.push('queue');
  if (refused >= refusedAtLeast && refused / lately.length >= refusedShare) warnings.push('refusals');
  return { deviceId, gateId: last.gateId, perMinute, refused, lastScanAtMs: last.atMs, warnings };
}

function scanIn(entry: LogEntry<InventoryEntry>): Scan[] {
  if (entry.kind !== 'scan' && entry.kind !== 'scan.merged') return [];
  const { deviceId, gateId, outcome, reason, zones, direction } = entry;
  if (outcome === undefined || reason === undefined) return [];
  const hasPassed = outcome === 'grant' || outcome === 'partial';
  const atMs = entry.kind === 'scan' ? entry.atMs : entry.scannedAtMs;
  const hasEntered = hasPassed && zones !== undefined && direction !== 'out';
  return [{ deviceId, gateId, atMs, hasEntered, isRefused: !hasPassed, reason }];
}
