import { earnings, refundDecided } from '#shared/orders/earnings.ts';
import { newAttempt } from '#shared/orders/attempt.ts';
import type { Order } from '#shared/orders/order.ts';
import type { Refund } from '#shared/orders/refund.ts';
import type { DeskMoneyEntry, LogEntry } from '#shared/trail/entries.ts';
import type { Reader } from '#workers/operations/log-sources.ts';
import { freshDesk } from './desk.ts';
import { db } from './ledger-d1.ts';
import { eventSection, order, orderSnapshot, ticketLine } from './orders.ts';
import { projectionServices } from './read-models.ts';
import { noon } from './rules.ts';

const { services } = projectionServices();
const vat = { name: 'VAT', basisPoints: 2_000, mode: 'included' } as const;

/** A ticket of a business for so much, fee and tax in it, paid by card. */
export function soldBy(businessId: string, orderId: string, unitMinor = 1_200): Order {
  const line = ticketLine({
    quantity: 1,
    unitMinor,
    feeMinor: 60,
    taxMinor: (unitMinor + 60) / 6,
    totalMinor: unitMinor + 60,
    taxRule: vat,
  });
  const snapshot = orderSnapshot({ sections: [eventSection({ businessId, lines: [line] })] });
  const tender = { cardMinor: unitMinor + 60, walletMinor: 0, points: 0, pointsMinor: 0 };
  const attempt = { ...newAttempt({ attemptId: `${orderId}/1`, tender }, noon), state: 'captured' as const };
  return order({ orderId, snapshot, state: 'completed', attempts: [attempt] });
}

/** All of it given back. */
export function givenBack(of: Order): DeskMoneyEntry {
  const amountMinor = of.snapshot.totalMinor;
  const refund: Refund = {
    refundId: 'r1',
    lines: [{ lineId: 'l1', ticketIds: [], quantity: 1, amountMinor }],
    amountMinor,
    keptFeeMinor: 0,
    to: 'source',
    cause: 'buyer',
    byId: 'cus_1',
    state: 'done',
    legs: [{ to: 'card', amountMinor, state: 'done' }],
  };
  return refundDecided({ ...of, refunds: [refund] }, refund);
}

/** A desk whose log says these bodies, read through a database of the test's choice. */
export function telling(bodies: (orderId: (no: number) => string) => readonly DeskMoneyEntry[], pageLength = 64) {
  const { desk: name } = freshDesk();
  const entries = bodies((no) => `ord_${name}_${no}`).map((body, index): LogEntry<DeskMoneyEntry> => {
    return { seq: index + 1, atMs: 10 + index, ...body };
  });
  const readLog = (seq: number) =>
    Promise.resolve({ entries: entries.slice(seq, seq + pageLength), headSeq: entries.length });
  const reader = (through: Reader['db'] = services.db): Reader => {
    return { ...services, db: through, desk: (() => ({ readLog })) as unknown as Reader['desk'] };
  };
  return { name, source: `desk:${name}`, entries, reader };
}

/** `sales` orders of one business, each of them earned. */
export function sales(businessId: string, count: number) {
  return (orderId: (no: number) => string) =>
    Array.from({ length: count }, (_, no) => soldBy(businessId, orderId(no))).flatMap(earnings);
}

export async function issuedBy(sellerId: string) {
  const { results } = await db.$client
    .prepare('SELECT id, kind, number, refers_to AS refersTo FROM documents WHERE seller_id = ? ORDER BY kind, number')
    .bind(sellerId)
    .all<{ id: string; kind: string; number: number; refersTo: string | null }>();
  return results;
}
