import { and, eq, inArray, not, or, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import {
  auditEntries,
  challenges,
  claimedOrders,
  claimedTickets,
  deadLetters,
  devices,
  gateEnrolments,
  transferContacts,
  invitations,
  memberships,
  orders,
  passkeys,
  people,
  pushSubscriptions,
  scans,
  sessions,
  staffPins,
  tickets,
  walletChanges,
} from '../schema/index.ts';
import { tookAlong } from './claims.ts';

/** The names a person goes by in D1. */
export type Traces = {
  readonly personId: string;
  /** Pseudonym of their address; empty when they have none, which no row is filed under. */
  readonly customerId: string;
  /** Pseudonyms of addresses they had before. Somebody else may have those by now. */
  readonly formerIds: readonly string[];
  readonly addresses: readonly string[];
};

/** Pseudonyms of a person's earlier addresses: the log names each when it changed. */
export async function formerIdsOf(db: Database, personId: string): Promise<string[]> {
  const former = sql<string | null>`json_extract(${auditEntries.facts}, '$.former')`;
  const rows = await db
    .selectDistinct({ former })
    .from(auditEntries)
    .where(and(eq(auditEntries.actorId, personId), eq(auditEntries.action, 'address.changed')));
  return rows.flatMap((row) => row.former ?? []);
}

/**
 * Subquery: orders a person bought. Of those under an earlier address only the ones that came along when it changed:
 * they are claims since, and what its next owner bought is not among them.
 */
export function ownOrders(db: Database, { personId, customerId, formerIds }: Traces) {
  const cameAlong = db
    .select({ orderId: claimedOrders.orderId })
    .from(claimedOrders)
    .where(eq(claimedOrders.personId, personId));
  return db
    .select({ id: orders.id })
    .from(orders)
    .where(
      or(
        and(eq(orders.customerId, customerId), not(tookAlong(db, orders, personId))),
        and(inArray(orders.customerId, [...formerIds]), inArray(orders.id, cameAlong)),
      ),
    );
}

/**
 * Everything the tables hold about a person, but for what opens things: tokens, keys, digests. Whole tables are read for
 * three of these (invitations, audit entries about them, undelivered messages): exports are rare, indexes are paid for
 * at every write.
 */
export async function personalRecords(db: Database, traces: Traces) {
  const [profile, known, visits, keys, roles, offers, pins, push] = await db.batch([
    db.select().from(people).where(eq(people.id, traces.personId)),
    db.select(deviceColumns).from(devices).where(eq(devices.personId, traces.personId)),
    db.select(sessionColumns).from(sessions).where(eq(sessions.personId, traces.personId)),
    db.select(passkeyColumns).from(passkeys).where(eq(passkeys.personId, traces.personId)),
    db.select().from(memberships).where(eq(memberships.personId, traces.personId)),
    db.select(invitationColumns).from(invitations).where(isInvitationOf(traces)),
    db.select({ businessId: staffPins.businessId, setAtMs: staffPins.setAtMs }).from(staffPins).where(pinOf(traces)),
    db.select(pushColumns).from(pushSubscriptions).where(eq(pushSubscriptions.personId, traces.personId)),
  ]);
  const account = { profile, devices: known, sessions: visits, passkeys: keys, memberships: roles };
  return { ...account, invitations: offers, pins, notifications: push, ...(await actsOf(db, traces)) };
}

async function actsOf(db: Database, traces: Traces) {
  const { personId } = traces;
  // Scans are filed by event.
  const isTheirs = isTicketOf(db, traces);
  const eventIds = db.select({ id: tickets.eventId }).from(tickets).where(isTheirs);
  const holderIds = db.select({ id: tickets.customerId }).from(tickets).where(isTheirs);
  const ticketIds = db.select({ id: tickets.id }).from(tickets).where(isTheirs);
  const [bought, claims, issued, entries, changes, audit, codes, enrolments, undelivered, ticketClaims, transfers] =
    await db.batch([
      db
        .select()
        .from(orders)
        .where(inArray(orders.id, ownOrders(db, traces))),
      db.select().from(claimedOrders).where(eq(claimedOrders.personId, personId)),
      db.select().from(tickets).where(isTheirs),
      db
        .select()
        .from(scans)
        // Not what was tried with it while it was somebody else's.
        .where(
          and(
            inArray(scans.eventId, eventIds),
            inArray(scans.ticketId, ticketIds),
            inArray(scans.customerId, holderIds),
          ),
        ),
      db.select(changeColumns).from(walletChanges).where(isChangeOf(db, traces)),
      db
        .select()
        .from(auditEntries)
        .where(or(eq(auditEntries.actorId, personId), eq(auditEntries.subjectId, personId))),
      db.select(challengeColumns).from(challenges).where(isChallengeOf(traces)),
      db.select(enrolmentColumns).from(gateEnrolments).where(eq(gateEnrolments.createdBy, personId)),
      db.select(deadLetterColumns).from(deadLetters).where(isAddressedTo(traces)),
      db.select().from(claimedTickets).where(eq(claimedTickets.personId, personId)),
      db.select().from(transferContacts).where(isTransferContactOf(traces)),
    ]);
  return {
    orders: bought,
    claims,
    ticketClaims,
    transfers,
    tickets: issued,
    scans: entries,
    walletChanges: changes,
    audit,
    codes,
    enrolments,
    undelivered,
  };
}

export function isInvitationOf({ personId, addresses }: Traces) {
  return or(eq(invitations.invitedBy, personId), inArray(invitations.email, [...addresses]));
}

export function isChallengeOf({ personId, addresses }: Traces) {
  return or(eq(challenges.personId, personId), inArray(challenges.address, [...addresses]));
}

/** Messages carry an address only while it belongs to nobody yet: a code for somebody who signs in first. */
export function isAddressedTo({ addresses }: Traces) {
  return or(sql`false`, ...addresses.map((address) => sql`instr(${deadLetters.message}, ${address}) > 0`));
}

/** Of offers they made, and of those sent to them. */
export function isTransferContactOf({ customerId, addresses }: Traces) {
  return or(eq(transferContacts.fromCustomerId, customerId), inArray(transferContacts.address, [...addresses]));
}

/** Condition: tickets they bought and have, by customer first, since that is how tickets are filed; and those they were given. */
export function isTicketOf(db: Database, traces: Traces) {
  const { personId, customerId, formerIds } = traces;
  const given = db
    .select({ id: claimedTickets.ticketId })
    .from(claimedTickets)
    .where(and(eq(claimedTickets.personId, personId), eq(claimedTickets.customerId, tickets.customerId)));
  return or(
    and(inArray(tickets.customerId, [customerId, ...formerIds]), inArray(tickets.orderId, ownOrders(db, traces))),
    inArray(tickets.id, given),
  );
}

/** By customer first: that is how the feed is filed. */
export function isChangeOf(db: Database, traces: Traces) {
  const given = db
    .select({ id: claimedTickets.ticketId })
    .from(claimedTickets)
    .where(and(eq(claimedTickets.personId, traces.personId), eq(claimedTickets.customerId, walletChanges.customerId)));
  return or(
    and(
      inArray(walletChanges.customerId, [traces.customerId, ...traces.formerIds]),
      inArray(walletChanges.orderId, ownOrders(db, traces)),
    ),
    inArray(walletChanges.ticketId, given),
  );
}

function pinOf({ personId }: Traces) {
  return eq(staffPins.personId, personId);
}

const changeColumns = {
  atMs: walletChanges.atMs,
  kind: walletChanges.kind,
  ticketId: walletChanges.ticketId,
  orderId: walletChanges.orderId,
};

const deviceColumns = {
  id: devices.id,
  name: devices.name,
  createdAtMs: devices.createdAtMs,
  lastSeenAtMs: devices.lastSeenAtMs,
  confirmedAtMs: devices.confirmedAtMs,
  revokedAtMs: devices.revokedAtMs,
};

const sessionColumns = {
  id: sessions.id,
  deviceId: sessions.deviceId,
  userAgent: sessions.userAgent,
  method: sessions.method,
  provedAtMs: sessions.provedAtMs,
  createdAtMs: sessions.createdAtMs,
  lastSeenAtMs: sessions.lastSeenAtMs,
  expiresAtMs: sessions.expiresAtMs,
  revokedAtMs: sessions.revokedAtMs,
};

const passkeyColumns = {
  name: passkeys.name,
  isBackedUp: passkeys.isBackedUp,
  createdAtMs: passkeys.createdAtMs,
  lastUsedAtMs: passkeys.lastUsedAtMs,
};

const invitationColumns = {
  id: invitations.id,
  businessId: invitations.businessId,
  role: invitations.role,
  invitedBy: invitations.invitedBy,
  createdAtMs: invitations.createdAtMs,
  expiresAtMs: invitations.expiresAtMs,
  acceptedAtMs: invitations.acceptedAtMs,
  revokedAtMs: invitations.revokedAtMs,
};

const pushColumns = { endpoint: pushSubscriptions.endpoint, createdAtMs: pushSubscriptions.createdAtMs };

const challengeColumns = {
  purpose: challenges.purpose,
  channel: challenges.channel,
  address: challenges.address,
  createdAtMs: challenges.createdAtMs,
  spentAtMs: challenges.spentAtMs,
};

const enrolmentColumns = {
  eventId: gateEnrolments.eventId,
  gateId: gateEnrolments.gateId,
  role: gateEnrolments.role,
  label: gateEnrolments.label,
  createdAtMs: gateEnrolments.createdAtMs,
};

const deadLetterColumns = { kind: deadLetters.kind, why: deadLetters.why, failedAtMs: deadLetters.failedAtMs };
