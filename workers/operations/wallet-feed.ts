import {
  changesOf,
  changesOfOrder,
  changesOfTicketFor,
  feedKeptMs,
  headOfFeed,
  type WalletChange,
} from '#d1/queries/wallet-changes.ts';
import type { Owner } from '#d1/queries/wallet.ts';
import { walletFeedOf, type WalletFeedName } from '#objects/wallet-feed/client.ts';
import type { Order } from '#shared/orders/order.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { WalletChangeKind } from '#shared/wallet/changes.ts';
import type { Env } from '#workers/env.ts';
import { openCursor, sealCursor } from '#workers/keys/sealed-cursor.ts';
import type { Services } from '#workers/services.ts';

/** Changes one answer carries; `hasMore` says that the next ones can be had at once. */
const changesPerPage = 100;

export type FeedPage = {
  readonly changes: readonly {
    readonly kind: WalletChangeKind;
    readonly atMs: number;
    /** Absent for a ticket that was given: the order it came from is its giver's. */
    readonly orderId?: string;
    /** Absent for what is about the whole order. */
    readonly ticketId?: string;
  }[];
  /** To be sent back as `after`. Opaque, and another one each time. */
  readonly cursor: string;
  readonly hasMore: boolean;
  /** The reader was away for longer than changes are kept: read everything anew, and go on from this cursor. */
  readonly isReset: boolean;
};

/** A cursor for whoever is about to read the tables themselves: nothing that happens after them is missed. */
export async function feedStart(services: Services): Promise<string> {
  return seal(services, await headOfFeed(services.db));
}

/** What happened in an owner's wallet after a cursor; without one, where to begin. */
export function readWalletFeed(services: Services, owner: Owner, after: string | undefined): Promise<FeedAnswer> {
  return readFeed(services, after, (page) => changesOf(services.db, owner, page));
}

/** The same for one order: all that a guest's browser may hear of. */
export function readOrderFeed(services: Services, order: Order, after: string | undefined): Promise<FeedAnswer> {
  const { orderId, snapshot } = order;
  const about = { orderId, customerId: snapshot.customerId };
  return readFeed(services, after, (page) => changesOfOrder(services.db, about, page));
}

/** The same for one ticket that was given: all that the browser of whoever accepted it may hear of. */
export function readTicketFeed(
  services: Services,
  ticket: { readonly ticketId: string; readonly customerId: string },
  after: string | undefined,
): Promise<FeedAnswer> {
  return readFeed(services, after, (page) => changesOfTicketFor(services.db, ticket, page));
}

/** Hands a page's socket to a feed. Whoever calls has checked who is asking. */
export function openFeedSocket(env: Env, name: WalletFeedName, request: Request): Promise<Response> {
  return walletFeedOf(env.WALLET_FEED, name).fetch(request);
}

type FeedAnswer = Result<FeedPage, 'malformed_request'>;

async function readFeed(
  services: Services,
  after: string | undefined,
  read: (page: { afterSeq: number; limit: number }) => Promise<WalletChange[]>,
): Promise<FeedAnswer> {
  const { masterKey } = services.settings;
  const empty = { changes: [], hasMore: false };
  if (after === undefined) return ok({ ...empty, cursor: await feedStart(services), isReset: false });
  const from = await openCursor(masterKey, after);
  if (from === undefined) return fail('malformed_request', { field: 'after' });
  const now = services.clock();
  if (from.atMs < now - feedKeptMs) return ok({ ...empty, cursor: await feedStart(services), isReset: true });
  // One more than is shown tells whether there is more.
  const rows = await read({ afterSeq: from.seq, limit: changesPerPage + 1 });
  const shown = rows.slice(0, changesPerPage);
  // Never past what was seen: an order's row may come later than its changes, and then they are this reader's after all.
  const seq = shown.at(-1)?.seq ?? from.seq;
  const changes = shown.map(({ kind, atMs, orderId, ticketId }) => {
    return { kind, atMs, ...(orderId !== '' && { orderId }), ...(ticketId !== null && { ticketId }) };
  });
  return ok({
    changes,
    cursor: await seal(services, seq, now),
    hasMore: rows.length > shown.length,
    isReset: false,
  });
}

function seal(services: Services, seq: number, atMs: number = services.clock()): Promise<string> {
  return sealCursor(services.settings.masterKey, { seq, atMs }, services.randomBytes);
}
