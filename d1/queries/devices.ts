import { and, desc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { claimedOrders, claimedTickets, devices, events, sessions, tickets } from '../schema/index.ts';

export type Device = typeof devices.$inferSelect;

export async function addDevice(db: Database, device: typeof devices.$inferInsert): Promise<void> {
  await db.insert(devices).values(device);
}

/** A device as long as it is the person's and not revoked. */
export async function findDevice(db: Database, id: string, personId: string): Promise<Device | undefined> {
  const [found] = await db
    .select()
    .from(devices)
    .where(and(eq(devices.id, id), eq(devices.personId, personId), isNull(devices.revokedAtMs)))
    .limit(1);
  return found;
}

const listLimit = 50;

export function devicesOf(db: Database, personId: string): Promise<Device[]> {
  return db
    .select()
    .from(devices)
    .where(and(eq(devices.personId, personId), isNull(devices.revokedAtMs)))
    .orderBy(desc(devices.lastSeenAtMs))
    .limit(listLimit);
}

export async function hasConfirmedDevice(db: Database, personId: string): Promise<boolean> {
  const [found] = await db
    .select({ id: devices.id })
    .from(devices)
    .where(and(eq(devices.personId, personId), isNull(devices.revokedAtMs), isNotNull(devices.confirmedAtMs)))
    .limit(1);
  return found !== undefined;
}

/** Gives a device the key its browser made; false when it has one already. Once named, a key is never replaced. */
export async function nameKey(db: Database, deviceId: string, publicKey: string): Promise<boolean> {
  const named = await db
    .update(devices)
    .set({ publicKey })
    .where(and(eq(devices.id, deviceId), isNull(devices.publicKey), isNull(devices.revokedAtMs)))
    .returning({ id: devices.id });
  return named.length > 0;
}

/** A statement; it answers the id when the device was waiting. */
export function confirmDevice(
  db: Database,
  { deviceId, personId }: { deviceId: string; personId: string },
  nowMs: number,
) {
  return db
    .update(devices)
    .set({ confirmedAtMs: nowMs })
    .where(
      and(
        eq(devices.id, deviceId),
        eq(devices.personId, personId),
        isNull(devices.confirmedAtMs),
        isNull(devices.revokedAtMs),
      ),
    )
    .returning({ id: devices.id });
}

/** Two statements: the device, and every session in it. */
export function revokeDevice(
  db: Database,
  { deviceId, personId }: { deviceId: string; personId: string },
  nowMs: number,
) {
  return [
    db
      .update(devices)
      .set({ revokedAtMs: nowMs })
      .where(and(eq(devices.id, deviceId), eq(devices.personId, personId), isNull(devices.revokedAtMs)))
      .returning({ id: devices.id }),
    db
      .update(sessions)
      .set({ revokedAtMs: nowMs })
      .where(and(eq(sessions.deviceId, deviceId), eq(sessions.personId, personId), isNull(sessions.revokedAtMs))),
  ] as const;
}

export async function noteDeviceSeen(db: Database, deviceId: string, nowMs: number): Promise<void> {
  await db.update(devices).set({ lastSeenAtMs: nowMs }).where(eq(devices.id, deviceId));
}

/** Whether a person holds a ticket, bought or claimed, that may still open a gate: its event is not over. */
export async function holdsLiveTickets(
  db: Database,
  { personId, customerId }: { personId: string; customerId: string | undefined },
  nowMs: number,
): Promise<boolean> {
  const claimed = db
    .select({ orderId: claimedOrders.orderId })
    .from(claimedOrders)
    .where(eq(claimedOrders.personId, personId));
  const given = db
    .select({ ticketId: claimedTickets.ticketId })
    .from(claimedTickets)
    .where(eq(claimedTickets.personId, personId));
  const [found] = await db
    .select({ one: sql`1` })
    .from(tickets)
    .innerJoin(events, eq(events.id, tickets.eventId))
    .where(
      and(
        or(eq(tickets.customerId, customerId ?? ''), inArray(tickets.orderId, claimed), inArray(tickets.id, given)),
        eq(tickets.status, 'active'),
        gt(events.endsAtMs, nowMs),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** Browsers of the account an order is kept in; none where nobody keeps it. */
export function devicesOfOrder(db: Database, orderId: string) {
  return db
    .select({ name: devices.name, createdAtMs: devices.createdAtMs, lastSeenAtMs: devices.lastSeenAtMs })
    .from(claimedOrders)
    .innerJoin(devices, eq(devices.personId, claimedOrders.personId))
    .where(eq(claimedOrders.orderId, orderId))
    .orderBy(desc(devices.lastSeenAtMs))
    .limit(listLimit);
}
