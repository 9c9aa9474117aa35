import type { ScannerStatus } from '#shared/gate/scanner-messages.ts';
import type { EpochMs } from '#shared/time.ts';
import type { InventoryContext } from './context.ts';

export type ToldStatus = ScannerStatus & { readonly toldAtMs: EpochMs };

type Row = {
  deviceId: string;
  waiting: number;
  manifestAtMs: number | null;
  offsetMs: number | null;
  toldAtMs: number;
};

/** What a scanner says of itself, about once a minute: kept as it was last said, for when it falls silent. */
export function keepStatus({ sql, now }: InventoryContext, deviceId: string, status: ScannerStatus): void {
  sql.exec(
    `INSERT OR REPLACE INTO scanner_status (device_id, waiting, manifest_at_ms, offset_ms, told_at_ms)
     VALUES (?, ?, ?, ?, ?)`,
    deviceId,
    status.waiting,
    status.manifestAtMs ?? null,
    status.offsetMs ?? null,
    now(),
  );
}

export function statuses({ sql }: Pick<InventoryContext, 'sql'>): Map<string, ToldStatus> {
  const rows = sql
    .exec<Row>(
      `SELECT device_id AS deviceId, waiting, manifest_at_ms AS manifestAtMs, offset_ms AS offsetMs, told_at_ms AS toldAtMs
       FROM scanner_status`,
    )
    .toArray();
  return new Map(
    rows.map(({ deviceId, waiting, manifestAtMs, offsetMs, toldAtMs }) => [
      deviceId,
      { waiting, toldAtMs, ...(manifestAtMs !== null && { manifestAtMs }), ...(offsetMs !== null && { offsetMs }) },
    ]),
  );
}
