import { and, eq, inArray, isNull, ne, notExists, notInArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database.ts';
import {
  challenges,
  claimedOrders,
  deadLetters,
  devices,
  transferContacts,
  invitations,
  memberships,
  orders,
  passkeys,
  people,
  pushSubscriptions,
  sessions,
  staffPins,
  tickets,
  waitlistContacts,
  walletChanges,
} from '../schema/index.ts';
import { isEndState, orderStates } from '#shared/orders/order.ts';
import { claimAllOf } from './claims.ts';
import {
  isAddressedTo,
  isChallengeOf,
  isChangeOf,
  isTransferContactOf,
  isTicketOf,
  ownOrders,
  type Traces,
} from './personal-records.ts';

const unsettledStates = orderStates.filter((state) => !isEndState(state));

/** Orders somebody bought that have not ended, as far as the read model knows. */
export async function unsettledOrders(db: Database, traces: Traces): Promise<string[]> {
  const rows = await db
    .select({ id: orders.id })
    .from(orders)
    .where(and(inArray(orders.id, ownOrders(db, traces)), inArray(orders.state, unsettledStates)));
  return rows.map(({ id }) => id);
}

/** Every order somebody bought. */
export async function boughtOrderIds(db: Database, traces: Traces): Promise<string[]> {
  return (await ownOrders(db, traces)).map(({ id }) => id);
}

/** Tickets a person has, by event: some bear their name for the gate. */
export async function ticketsInHand(db: Database, traces: Traces) {
  return db.select({ ticketId: tickets.id, eventId: tickets.eventId }).from(tickets).where(isTicketOf(db, traces));
}

export async function claimedOrderIds(db: Database, personId: string): Promise<string[]> {
  const rows = await db
    .select({ orderId: claimedOrders.orderId })
    .from(claimedOrders)
    .where(eq(claimedOrders.personId, personId));
  return rows.map(({ orderId }) => orderId);
}

/** Businesses that would have no owner without this person. */
export async function soleOwnerships(db: Database, personId: string): Promise<string[]> {
  const others = alias(memberships, 'others');
  const another = db
    .select({ personId: others.personId })
    .from(others)
    .where(and(eq(others.businessId, memberships.businessId), eq(others.role, 'owner'), ne(others.personId, personId)));
  const rows = await db
    .select({ businessId: memberships.businessId })
    .from(memberships)
    .where(and(eq(memberships.personId, personId), eq(memberships.role, 'owner'), notExists(another)));
  return rows.map(({ businessId }) => businessId);
}

/**
 * Statements that take a person's name and addresses out of the tables; the first answers the id once only. The row stays
 * under its id, because the trail names it; the orders bought with their address become its own, so that nobody who gets
 * that address later finds them.
 */
export function eraseStatements(db: Database, traces: Traces, nowMs: number) {
  const { personId, customerId, addresses } = traces;
  return [
    db
      .update(people)
      .set({
        email: null,
        phone: null,
        name: null,
        locale: null,
        currency: null,
        contactPreferences: null,
        erasedAtMs: nowMs,
      })
      .where(and(eq(people.id, personId), isNull(people.erasedAtMs)))
      .returning({ id: people.id }),
    db.delete(sessions).where(eq(sessions.personId, personId)),
    db.delete(devices).where(eq(devices.personId, personId)),
    db.delete(passkeys).where(eq(passkeys.personId, personId)),
    db.delete(pushSubscriptions).where(eq(pushSubscriptions.personId, personId)),
    db.delete(staffPins).where(eq(staffPins.personId, personId)),
    db.delete(memberships).where(eq(memberships.personId, personId)),
    db
      .update(invitations)
      .set({ email: null })
      .where(inArray(invitations.email, [...addresses])),
    db.delete(challenges).where(isChallengeOf(traces)),
    db.delete(deadLetters).where(isAddressedTo(traces)),
    // Nobody is written to about their turn any more; what is set aside for them goes on to the next in line.
    // What they wrote with a ticket, and where others meant to send one. Offers themselves stand or end as they would.
    db.delete(transferContacts).where(isTransferContactOf(traces)),
    db.delete(waitlistContacts).where(inArray(waitlistContacts.email, [...addresses])),
    // Nobody reads this feed any more; it would otherwise go on telling, for a month, what one pseudonym did when.
    db.delete(walletChanges).where(isChangeOf(db, traces)),
    // Others' orders they had claimed go back to whoever bought them.
    db
      .delete(claimedOrders)
      .where(and(eq(claimedOrders.personId, personId), notInArray(claimedOrders.orderId, ownOrders(db, traces)))),
    claimAllOf(db, customerId, personId, nowMs),
  ] as const;
}
