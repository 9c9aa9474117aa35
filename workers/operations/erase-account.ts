import type { Account } from '#d1/queries/account.ts';
import {
  boughtOrderIds,
  claimedOrderIds,
  eraseStatements,
  soleOwnerships,
  ticketsInHand,
  unsettledOrders,
} from '#d1/queries/erase-person.ts';
import type { Traces } from '#d1/queries/personal-records.ts';
import { orderReference } from '#shared/ids.ts';
import { isSettled } from '#shared/orders/saga.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import { auditStatement } from './audit.ts';
import { carryBalances } from './carry-balances.ts';
import { tracesOf } from './export-account.ts';
import { forgetNames } from './order-names.ts';
import { showOrder } from './show-order.ts';

/** Why an account cannot be erased now. */
export type EraseBlock =
  | {
      readonly why: 'order_unsettled';
      readonly orders: readonly { readonly url: string; readonly reference: string }[];
    }
  | { readonly why: 'last_owner' };

export async function eraseBlocks(services: Services, account: Account): Promise<EraseBlock[]> {
  const traces = await tracesOf(services, account);
  const [open, owned] = await Promise.all([
    reallyOpen(services, await unsettledOrders(services.db, traces)),
    soleOwnerships(services.db, account.id),
  ]);
  return [
    ...(open.length > 0 ? [{ why: 'order_unsettled' as const, orders: open.map(orderLine) }] : []),
    ...(owned.length > 0 ? [{ why: 'last_owner' as const }] : []),
  ];
}

/** The read model may lag behind: an order that has ended at its desk keeps nobody. */
async function reallyOpen(services: Services, orderIds: readonly string[]): Promise<string[]> {
  const shown = await Promise.all(orderIds.map((orderId) => showOrder(services, orderId)));
  return shown.flatMap((order) => (order.ok && !isSettled(order.value) ? [order.value.orderId] : []));
}

function orderLine(orderId: string) {
  return { url: pathTo('order', { orderId }), reference: orderReference(orderId) };
}

export type Erasure = {
  readonly blocks: readonly EraseBlock[];
  /** What was in the wallet. */
  readonly orderIds: readonly string[];
  readonly ticketIds: readonly string[];
};

/**
 * Erases a person: names at the desks first, then the tables in one batch, then a last mail. A crash on the way leaves a
 * person who can press the button again, and each part is harmless when repeated. The mail comes last, because it says
 * that it is done; that a crash could swallow it is the smaller evil.
 */
export async function eraseAccount(services: Services, account: Account): Promise<Erasure> {
  const blocks = await eraseBlocks(services, account);
  if (blocks.length > 0) return { blocks, orderIds: [], ticketIds: [] };
  const traces = await tracesOf(services, account);
  const [bought, claimed] = await Promise.all([
    boughtOrderIds(services.db, traces),
    claimedOrderIds(services.db, account.id),
  ]);
  const forgotten = await forgetNames(services, bought);
  if (!forgotten.ok) return { blocks: [{ why: 'order_unsettled', orders: [] }], orderIds: [], ticketIds: [] };
  const ticketIds = await forgetAtGates(services, traces);
  const nowMs = services.clock();
  const recorded = auditStatement(services, { action: 'person.erased', actorId: account.id, subjectId: account.id });
  // Rows of the ledger stay, under their pseudonym: each is one side of somebody else's books too. What was left on them is
  // parked under the person's bare id, where nobody who gets their address later finds it.
  const parked = await carryBalances(services, { from: traces.customerId, to: account.id, personId: account.id });
  const [erased] = await services.db.batch([...eraseStatements(services.db, traces, nowMs), recorded, ...parked]);
  // Pressed twice: the other press has told them.
  if (erased.length > 0) await tellErased(services, account, nowMs);
  return { blocks: [], orderIds: [...new Set([...bought, ...claimed])], ticketIds };
}

/** Takes their name off the tickets whose gates compare one. Their codes stay good. */
async function forgetAtGates(services: Services, traces: Traces): Promise<string[]> {
  const held = await ticketsInHand(services.db, traces);
  const byEvent = Map.groupBy(held, ({ eventId }) => eventId);
  const ids = (rows: typeof held) => rows.map(({ ticketId }) => ticketId);
  await Promise.all([...byEvent].map(([eventId, rows]) => services.inventory(eventId).forgetHolders(ids(rows))));
  return ids(held);
}

async function tellErased({ queueMessage }: Services, { id: personId, email }: Account, atMs: number): Promise<void> {
  if (email === null) return;
  await queueMessage({ kind: 'account_notice', personId, what: 'account_erased', atMs, email });
}
