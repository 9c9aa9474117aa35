import type { Role } from '#shared/access/permissions.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Sql } from '../common/group-sql.ts';
import { RowBook } from '../common/row-book.ts';
import type { InventoryContext } from './context.ts';

/** A phone that became a scanner of this event: the inventory keeps its key, and asks nobody whether it still counts. */
export type GateDevice = {
  readonly deviceId: string;
  /** P-256 point, compressed, base64url. */
  readonly publicKey: string;
  readonly label: string;
  readonly gateId: string;
  readonly role: Extract<Role, 'gate_steward' | 'supervisor' | 'pos_clerk'>;
  /** Several stewards take turns at it: it scans only while one of them is on duty. */
  readonly isShared: boolean;
  /** Who is on duty. */
  readonly staffId: string | undefined;
  readonly enrolledAtMs: EpochMs;
  readonly endsAtMs: EpochMs;
  readonly revokedAtMs: EpochMs | undefined;
};

export type DeviceEnrolment = Omit<GateDevice, 'enrolledAtMs' | 'revokedAtMs'> & {
  /** Who let it in. */
  readonly enrolledBy: string;
};

export type DeviceRefusal = 'device_unknown' | 'device_revoked' | 'device_over' | 'device_off_duty';

type Row = Omit<GateDevice, 'isShared' | 'staffId' | 'revokedAtMs'> & {
  isShared: number;
  staffId: string | null;
  revokedAtMs: number | null;
};

const columns = `device_id AS deviceId, public_key AS publicKey, label, gate_id AS gateId, role, is_shared AS isShared,
  staff_id AS staffId, enrolled_at_ms AS enrolledAtMs, ends_at_ms AS endsAtMs, revoked_at_ms AS revokedAtMs`;

/** Most devices an event lists: far more than any venue has lanes. */
const deviceLimit = 2_000;

/** Lets a device in, once: the same id with the same key is answered as before, with another key refused. */
export function enrolDevice(context: InventoryContext, device: DeviceEnrolment): Result<GateDevice> {
  const known = findDevice(context.sql, device.deviceId);
  if (known !== undefined) return known.publicKey === device.publicKey ? ok(known) : fail('idempotency_key_reused');
  const gate = context.rules()?.gates.find(({ id }) => id === device.gateId);
  if (gate === undefined) return fail('gate_unknown', { gate: device.gateId.slice(0, 40) });
  const { deviceId, publicKey, label, gateId, role, isShared, staffId, enrolledBy, endsAtMs } = device;
  context.sql.exec(
    `INSERT INTO devices (device_id, public_key, label, gate_id, role, is_shared, staff_id, enrolled_by, enrolled_at_ms, ends_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    deviceId,
    publicKey,
    label,
    gateId,
    role,
    isShared ? 1 : 0,
    staffId ?? null,
    enrolledBy,
    context.now(),
    endsAtMs,
  );
  context.log.append({ kind: 'device.enrolled', deviceId, gateId, role, staffId: enrolledBy, endsAtMs });
  const { enrolledBy: _, ...enrolled } = device;
  return ok({ ...enrolled, enrolledAtMs: context.now(), revokedAtMs: undefined });
}

/** From the commit on, nothing that comes from this device is decided. Revoking twice changes nothing. */
export function revokeDevice(
  context: InventoryContext,
  { deviceId, staffId }: { deviceId: string; staffId: string },
): Result<undefined, 'device_unknown'> {
  const device = findDevice(context.sql, deviceId);
  if (device === undefined) return fail('device_unknown');
  if (device.revokedAtMs !== undefined) return ok();
  context.sql.exec('UPDATE devices SET revoked_at_ms = ? WHERE device_id = ?', context.now(), deviceId);
  context.log.append({ kind: 'device.revoked', deviceId, staffId });
  return ok();
}

/** Says who is on duty at a device; nobody, when `staffId` is undefined. */
export function setShift(
  context: InventoryContext,
  { deviceId, staffId }: { deviceId: string; staffId: string | undefined },
): Result<undefined, DeviceRefusal> {
  const device = findDevice(context.sql, deviceId);
  const refusal = whyNotInService(device, context.now());
  if (refusal !== undefined) return fail(refusal);
  context.sql.exec('UPDATE devices SET staff_id = ? WHERE device_id = ?', staffId ?? null, deviceId);
  context.log.append({ kind: 'device.shift', deviceId, staffId: staffId ?? '' });
  return ok();
}

/** The device, if what it sends may be decided now. Asked inside each scan's transaction. */
export function deviceOnDuty(
  context: InventoryContext,
  deviceId: string,
): Result<GateDevice & { readonly staffId: string }, DeviceRefusal> {
  const device = context.books.devices.get(deviceId);
  const refusal = whyNotInService(device, context.now());
  if (refusal !== undefined || device === undefined) return fail(refusal ?? 'device_unknown');
  const { staffId } = device;
  return staffId === undefined ? fail('device_off_duty') : ok({ ...device, staffId });
}

export function findDevice(sql: Sql, deviceId: string): GateDevice | undefined {
  const [row] = sql.exec<Row>(`SELECT ${columns} FROM devices WHERE device_id = ?`, deviceId).toArray();
  return row === undefined ? undefined : deviceOf(row);
}

/** Devices that scan in one group: a lane's thirty-two scans ask for theirs once. */
export function deviceBook(sql: Sql): RowBook<GateDevice> {
  return new RowBook<GateDevice>({
    table: 'devices',
    keyOf: ({ deviceId }) => deviceId,
    read: (deviceIds) => deviceIds.flatMap((deviceId) => findDevice(sql, deviceId) ?? []),
    write: () => {
      throw new Error('What changes a device is written by its own statement');
    },
  });
}

/** Newest first. */
export function listDevices(sql: Sql): GateDevice[] {
  return sql
    .exec<Row>(`SELECT ${columns} FROM devices ORDER BY enrolled_at_ms DESC LIMIT ?`, deviceLimit)
    .toArray()
    .map(deviceOf);
}

function whyNotInService(device: GateDevice | undefined, now: EpochMs): DeviceRefusal | undefined {
  if (device === undefined) return 'device_unknown';
  if (device.revokedAtMs !== undefined) return 'device_revoked';
  return device.endsAtMs <= now ? 'device_over' : undefined;
}

function deviceOf(row: Row): GateDevice {
  return {
    ...row,
    isShared: row.isShared === 1,
    staffId: row.staffId ?? undefined,
    revokedAtMs: row.revokedAtMs ?? undefined,
  };
}
