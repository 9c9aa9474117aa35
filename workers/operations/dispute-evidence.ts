import { findDispute, listDisputes, scansOfOrder, undeliveredOf, type DisputeRow } from '#d1/queries/disputes.ts';
import { devicesOfOrder } from '#d1/queries/devices.ts';
import type { Decider } from '#d1/queries/team.ts';
import { businessesWhere } from '#shared/access/permissions.ts';
import { currentAttempt, type Order, type OrderSection } from '#shared/orders/order.ts';
import { linesLeft } from '#shared/orders/refund-lines.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import { eventForSale } from './event-for-sale.ts';
import { orderContact, showOrder } from './show-order.ts';

/** What a bank is shown about a disputed payment: what was bought, by whom, how it was delivered, and that it was used. */
export type Evidence = {
  readonly dispute: DisputeRow;
  readonly order: Order;
  /** The gateway's name of the payment. */
  readonly paymentRef: string | undefined;
  /** Undefined once erased. */
  readonly buyer: { readonly name: string; readonly email: string } | undefined;
  readonly lines: readonly EvidenceLine[];
  /** Messages about it that could not be delivered; all others were. */
  readonly undelivered: readonly { readonly kind: string; readonly failedAtMs: EpochMs }[];
  /** Browsers of the account it is kept in, where it is kept in one. */
  readonly devices: readonly { readonly name: string; readonly createdAtMs: EpochMs; readonly lastSeenAtMs: EpochMs }[];
  readonly scans: readonly EvidenceScan[];
};

export type EvidenceLine = {
  readonly name: string;
  readonly quantity: number;
  readonly totalMinor: number;
  /** Given back of it, or taken back by the bank. */
  readonly backMinor: number;
  readonly event: OrderSection['event'];
};

export type EvidenceScan = {
  readonly atMs: EpochMs;
  readonly timeZone: string;
  readonly typeName: string;
  readonly eventTitle: string;
  /** Undefined for a gate that the event has no more. */
  readonly gateName: string | undefined;
  readonly outcome: string;
  readonly isOut: boolean;
  readonly isUndone: boolean;
};

const listedDisputes = 200;
const listedScans = 200;

/** Disputes about anything that businesses of theirs sold, those to be answered first. */
export function disputesFor({ db }: Pick<Services, 'db'>, viewer: Decider): Promise<DisputeRow[]> {
  return listDisputes(db, reachOf(viewer), listedDisputes);
}

/**
 * Undefined when it is not theirs to see. Of an order of several sellers each sees their own lines and gates. A buyer's name and
 * address are in it, so who looked is written down first.
 */
export async function evidenceOf(
  services: Services,
  viewer: Decider,
  disputeId: string,
): Promise<Evidence | undefined> {
  const { db } = services;
  const reach = reachOf(viewer);
  const dispute = await findDispute(db, disputeId, reach);
  if (dispute === undefined) return undefined;
  const { orderId } = dispute;
  const shown = await showOrder(services, orderId);
  if (!shown.ok) return undefined;
  const order = shown.value;
  const sections = order.snapshot.sections.filter(
    ({ kind, businessId }) => reach === undefined || (kind !== 'wallet' && reach.includes(businessId)),
  );
  const [businessId] = sections.map((section) => section.businessId);
  await audit(services, {
    action: 'dispute.evidence_seen',
    actorId: viewer.personId,
    subjectId: disputeId,
    businessId,
    facts: { orderId },
  });
  const [buyer, undelivered, devices, scans] = await Promise.all([
    orderContact(services, orderId),
    undeliveredOf(db, orderId),
    devicesOfOrder(db, orderId),
    scansIn(services, orderId, sections),
  ]);
  const paymentRef = currentAttempt(order)?.intentId;
  const who = buyer && { name: buyer.name, email: buyer.email };
  return { dispute, order, paymentRef, buyer: who, lines: linesOf(order, sections), undelivered, devices, scans };
}

/** Undefined: all of them. */
function reachOf({ memberships }: Decider): readonly string[] | undefined {
  const { everywhere, businessIds } = businessesWhere(memberships, 'dispute.read');
  return everywhere ? undefined : businessIds;
}

function linesOf(order: Order, sections: readonly OrderSection[]): EvidenceLine[] {
  const left = new Map(linesLeft(order).map(({ line, amountMinor }) => [line.lineId, amountMinor]));
  return sections.flatMap(({ event, lines }) =>
    lines.map(({ lineId, name, quantity, totalMinor }) => {
      const backMinor = totalMinor - (left.get(lineId) ?? totalMinor);
      return { name, quantity, totalMinor, backMinor, event };
    }),
  );
}

async function scansIn(
  services: Services,
  orderId: string,
  sections: readonly OrderSection[],
): Promise<EvidenceScan[]> {
  const events = new Map(sections.flatMap(({ event }) => (event === undefined ? [] : [[event.eventId, event]])));
  const gates = new Map(
    await Promise.all(
      [...events.values()].map(async ({ eventId, slug }) => {
        const sale = await eventForSale(services, slug);
        const names = sale.ok ? sale.value.rules.gates.map(({ id, name }) => [id, name] as const) : [];
        return [eventId, new Map(names)] as const;
      }),
    ),
  );
  const rows = await scansOfOrder(services.db, orderId, listedScans);
  return rows.flatMap(({ scan: { eventId, atMs, gateId, outcome, direction, undoneAtMs }, typeName }) => {
    const event = events.get(eventId);
    if (event === undefined) return [];
    const gateName = gates.get(eventId)?.get(gateId);
    const passed = { outcome, isOut: direction === 'out', isUndone: undoneAtMs !== null };
    return [{ atMs, timeZone: event.timeZone, typeName, eventTitle: event.title, gateName, ...passed }];
  });
}
