import type { Account } from '#d1/queries/account.ts';
import { formerIdsOf, personalRecords, type Traces } from '#d1/queries/personal-records.ts';
import { billingDetailsOfAll } from '#d1/queries/sellers.ts';
import { readContactPreferences } from '#shared/people/contact-preferences.ts';
import type { Services } from '#workers/services.ts';
import { ownerOf } from './account-owner.ts';
import { audit } from './audit.ts';
import { wholeStatement } from './present-statement.ts';
import { contactsOf } from './order-names.ts';

/** The names a person goes by, for asking what is held about them. */
export async function tracesOf(services: Services, account: Account): Promise<Traces> {
  const { personId, customerId = '' } = await ownerOf(services, { personId: account.id, email: account.email });
  const formerIds = await formerIdsOf(services.db, personId);
  return {
    personId,
    customerId,
    formerIds,
    addresses: [account.email, account.phone].flatMap((address) => address ?? []),
  };
}

/**
 * Everything held about a person, from D1 and from the desks, ready for JSON. Their orders' names come along; those of
 * orders they merely keep are somebody else's and do not.
 */
export async function exportAccount(services: Services, account: Account) {
  const traces = await tracesOf(services, account);
  // Before the tables are read, so that the copy shows that it was taken.
  await audit(services, { action: 'data.exported', actorId: account.id, subjectId: account.id });
  const records = await personalRecords(services.db, traces);
  const { profile, orders, tickets, audit: entries, ...rest } = records;
  const balances = await wholeStatement(services, traces.customerId);
  const billing = await billingDetailsOfAll(
    services.db,
    orders.map(({ id }) => id),
  );
  const own = new Set(orders.map(({ id }) => id));
  const contacts = new Map(
    (
      await contactsOf(
        services,
        orders.map(({ id }) => id),
      )
    ).map(({ orderId, contact }) => [orderId, contact]),
  );
  return {
    exportedAt: new Date(services.clock()).toISOString(),
    about: 'Everything 247GBS Expo holds about you. Times are milliseconds since 1970 (UTC), amounts are minor units.',
    profile: profile.map((row) => ({ ...row, contactPreferences: readContactPreferences(row.contactPreferences) })),
    customerId: traces.customerId,
    orders: orders.map((order) => ({ ...order, contact: contacts.get(order.id), billing: billing.get(order.id) })),
    // A ticket that was given says nothing of the order it came from.
    tickets: tickets.map(({ orderId, ...ticket }) => (own.has(orderId) ? { ...ticket, orderId } : ticket)),
    ...rest,
    balances,
    auditEntries: entries.map((entry) => ({ ...entry, facts: JSON.parse(entry.facts) as unknown })),
  };
}
