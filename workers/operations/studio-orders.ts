import { ordersOfSellers, type OrderWanted } from '#d1/queries/found-orders.ts';
import type { SignedIn } from '#d1/queries/sessions.ts';
import { businessesWhere, may } from '#shared/access/permissions.ts';
import { normaliseTyped } from '#shared/encoding/base32.ts';
import { deskOf, orderReference, placedAtMs } from '#shared/ids.ts';
import type { Currency } from '#shared/money/money.ts';
import type { Contact, Order, OrderSection, OrderState } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import { orderContact, showOrder } from './show-order.ts';

const referenceLength = 8;

export type FoundOrder = {
  readonly orderId: string;
  readonly reference: string;
  readonly state: OrderState;
  readonly placedAtMs: EpochMs | undefined;
  readonly currency: Currency;
  readonly totalMinor: number;
};

/**
 * Orders in which a business of the person's sold something, by number or by the address they were bought with. The
 * address becomes a pseudonym before anything is searched; names are in no database, so nobody is found by one.
 */
export async function findOrdersOfSellers(services: Services, person: SignedIn, typed: string): Promise<FoundOrder[]> {
  const wanted = await wantedBy(services, typed.trim());
  const reach = businessesWhere(person.memberships, 'order.read');
  const [businessId] = reach.businessIds;
  const by = typed.includes('@') ? 'email' : 'reference';
  await audit(services, {
    action: 'order.looked_up',
    actorId: person.personId,
    businessId: reach.businessIds.length === 1 ? businessId : undefined,
    facts: { what: 'search', by },
  });
  if (wanted === undefined) return [];
  const rows = await ordersOfSellers(services.db, reach, wanted);
  return rows.map(({ orderId, state, currency, totalMinor }) => ({
    orderId,
    reference: orderReference(orderId),
    state: state as OrderState,
    placedAtMs: placedAtMs(orderId),
    currency: currency as Currency,
    totalMinor,
  }));
}

async function wantedBy({ settings }: Services, typed: string): Promise<OrderWanted | undefined> {
  if (typed.includes('@')) return { customerId: await customerIdOf(settings.masterKey, typed) };
  if (deskOf(typed) !== undefined) return { orderId: typed };
  const lastDigits = normaliseTyped(typed);
  return lastDigits.length === referenceLength ? { lastDigits } : undefined;
}

/** An order as one of its sellers may see it: their own sections, and the buyer where they may know them. */
export type SellersOrder = {
  readonly order: Order;
  readonly sections: readonly OrderSection[];
  readonly contact: Contact | undefined;
  /** Why there is no contact: it is not for this role, or it was erased. */
  readonly isContactHidden: boolean;
};

/** What others sell in the order is none of this seller's business; an order with nothing of theirs and no order at all look the same. */
export async function openOrderOfSeller(
  services: Services,
  person: SignedIn,
  orderId: string,
): Promise<Result<SellersOrder, 'not_permitted'>> {
  const shown = await showOrder(services, orderId);
  if (!shown.ok) return fail('not_permitted');
  const sections = sectionsOf(shown.value, person);
  const [first] = sections;
  if (first === undefined) return fail('not_permitted');
  const isContactHidden = !sections.some(({ businessId }) => may(person.memberships, 'customer.read', businessId));
  // Before the name is read: a look that cannot be recorded is not had.
  await audit(services, {
    action: 'order.looked_up',
    actorId: person.personId,
    businessId: first.businessId,
    subjectId: orderId,
    facts: { what: isContactHidden ? 'opened' : 'name_shown' },
  });
  const contact = isContactHidden ? undefined : await orderContact(services, orderId);
  return ok({ order: shown.value, sections, contact, isContactHidden });
}

function sectionsOf({ snapshot }: Order, { memberships }: SignedIn): OrderSection[] {
  return snapshot.sections.filter(({ businessId }) => may(memberships, 'order.read', businessId));
}
