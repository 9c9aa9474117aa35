import { ticketTypeOf, type EventRules } from '#shared/inventory/rules.ts';
import { decideHold, drawsOfLines, type Draw, type HoldFacts, type HoldLine } from '#shared/inventory/stock.ts';
import type { IssuedTicket } from '#shared/orders/order.ts';
import { fail, ok, type Failure, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Sql } from '../common/group-sql.ts';
import { rowInserter } from '../common/insert-rows.ts';
import { requestDigest } from '../common/request-digest.ts';
import { rowReader, selected } from '../common/read-rows.ts';
import { RowBook } from '../common/row-book.ts';
import type { InventoryLookup } from './books.ts';
import type { InventoryContext } from './context.ts';
import { countTaken, entitlementLeft, takeKey, takenBy, useEntitlement } from './customers.ts';
import { issueTickets } from './tickets.ts';
import { acceptOffer, entryOfHold, lapseOffer, offerReturned, offerTo } from './waitlist.ts';

/** A hold's id is its idempotency key; orders use their own id, one hold an event. */
export type HoldRequest = {
  readonly holdId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly lines: readonly HoldLine[];
  /** A firm hold does not expire by the clock: free orders, and orders whose payment is under way. */
  readonly firm: boolean;
  /** How long stock waits when it is not firm. */
  readonly ttlMs: number;
  /** The entry link that brought the buyer: sales are counted under it, and it may entitle to tickets not for everybody. */
  readonly via?: string | undefined;
  /** Kept with tickets whose type asks for a name at the gate, and with no others. */
  readonly holderName?: string | undefined;
  /** The waitlist place whose offer this hold answers. */
  readonly offerId?: string | undefined;
};

export type HoldAnswer = Result<{
  readonly holdId: string;
  readonly expiresAtMs: EpochMs | undefined;
}>;
export type ConfirmAnswer = Result<{ readonly tickets: readonly IssuedTicket[] }>;

type HoldStatus = 'refused' | 'held' | 'firm' | 'confirmed' | 'released' | 'expired';
export type HoldRow = {
  holdId: string;
  requestDigest: string;
  orderId: string;
  customerId: string;
  status: HoldStatus;
  lines: string;
  via: string | null;
  holderName: string | null;
  expiresAtMs: number | null;
  failure: string | null;
  tickets: string | null;
};

const columns = {
  holdId: 'hold_id',
  requestDigest: 'request_digest',
  orderId: 'order_id',
  customerId: 'customer_id',
  status: 'status',
  lines: 'lines',
  via: 'via',
  holderName: 'holder_name',
  expiresAtMs: 'expires_at_ms',
  failure: 'failure',
  tickets: 'tickets',
} as const satisfies Record<keyof HoldRow, string>;

/** Most expired holds one group sweeps up, so that a flood of them delays nobody for long. */
const sweepLimit = 200;

/** What making a hold looks at, beside stock. */
export function rowsOfHold({ holdId, customerId, lines }: HoldRequest): InventoryLookup {
  return { holds: [holdId], takes: lines.map(({ typeId }) => takeKey(customerId, typeId)) };
}

export function rowOfHold(holdId: string): InventoryLookup {
  return { holds: [holdId] };
}

export function hold(context: InventoryContext, request: HoldRequest): HoldAnswer {
  const { holdId, firm: isFirm } = request;
  const asked = askFor(context, request);
  if ('known' in asked) return asked.known;
  take(context, asked, request, 'held');
  const expiresAtMs = isFirm ? null : context.now() + request.ttlMs;
  const row = { ...rowOf(namedIfAsked(asked.rules, request)), expiresAtMs };
  context.books.holds.put({ ...row, status: isFirm ? 'firm' : 'held' });
  context.log.append({ kind: 'hold.made', holdId, orderId: request.orderId });
  return ok({ holdId, expiresAtMs: expiresAtMs ?? undefined });
}

/**
 * Holds and confirms in one go, for orders that cost nothing: there is no payment to wait for in between. A repeat gets the
 * tickets made the first time.
 */
export function issue(context: InventoryContext, request: HoldRequest): ConfirmAnswer {
  const asked = askFor(context, request);
  if ('known' in asked) return asked.known.ok ? confirm(context, request.holdId) : asked.known;
  take(context, asked, request, 'sold');
  const tickets = makeTickets(context, asked.rules, rowOf(namedIfAsked(asked.rules, request)));
  const row = rowOf({ ...request, holderName: undefined });
  context.books.holds.put({ ...row, status: 'confirmed', tickets: JSON.stringify(tickets) });
  return ok({ tickets });
}

type Asked = { readonly rules: EventRules; readonly draws: readonly Draw[] };

/** What was answered to this request before, or is answered without taking anything; else what there is to take. */
function askFor(context: InventoryContext, request: HoldRequest): { readonly known: HoldAnswer } | Asked {
  if (isOffers(request.holdId)) return { known: fail('hold_unknown') };
  const row = findHold(context, request.holdId);
  if (row !== undefined) return { known: answerAgain(row, request) };
  const rules = context.rules();
  if (rules === undefined) return { known: fail('event_not_on_sale') };
  const decision = decide(context, rules, request);
  if (decision.ok) return { rules, draws: decision.value };
  const refused = rowOf({ ...request, holderName: undefined });
  context.books.holds.put({ ...refused, status: 'refused', failure: JSON.stringify(decision.failure) });
  return { known: decision };
}

/** What of a request its row says nowhere else. The row itself is compared with the rest: a hash would be one of a hold's largest costs. */
function markOf({ firm: isFirm, offerId }: HoldRequest): string {
  return JSON.stringify([isFirm, ...(offerId === undefined ? [] : [offerId])]);
}

function isSameRequest(row: HoldRow, request: HoldRequest): boolean {
  const { orderId, customerId, lines, firm: isFirm, offerId } = request;
  if (row.requestDigest === markOf(request)) {
    return row.orderId === orderId && row.customerId === customerId && row.lines === JSON.stringify(lines);
  }
  // Holds were digested once, and without an offer before there were any.
  const digest = requestDigest([orderId, customerId, lines, isFirm, ...(offerId === undefined ? [] : [offerId])]);
  return row.requestDigest === digest;
}

/** What is set aside for somebody who waits is kept as a hold, but it is nobody's order: only its offer touches it. */
function isOffers(holdId: string): boolean {
  return entryOfHold(holdId) !== undefined;
}

/** A name is kept only for types that compare it. */
function namedIfAsked(rules: EventRules, request: HoldRequest): HoldRequest {
  const isAsked = request.lines.some(({ typeId }) => ticketTypeOf(rules, typeId)?.identity !== 'none');
  return isAsked ? request : { ...request, holderName: undefined };
}

function decide(context: InventoryContext, rules: EventRules, request: HoldRequest): Result<Draw[]> {
  const { customerId, offerId } = request;
  const offer = offerId === undefined ? undefined : offerTo(context, offerId, customerId);
  if (offerId !== undefined && offer === undefined) return fail('waitlist_unknown');
  // What is set aside for this customer is theirs to take: it counts as free for them, and for nobody else.
  const setAside = new Map(offer && drawsOfLines(rules, [offer]).map(({ stockId, quantity }) => [stockId, quantity]));
  const facts: HoldFacts = {
    stockOf: (id) => {
      const stock = context.stock.of(id);
      return { ...stock, held: stock.held - (setAside.get(id) ?? 0) };
    },
    takenOf: (typeId) => takenBy(context, customerId, typeId) - (offer?.typeId === typeId ? offer.quantity : 0),
    entitledTo: (typeId) => entitlementLeft(context, request.via, typeId),
  };
  return decideHold(rules, request.lines, facts, context.now());
}

/** What a hold takes beside its row: an offer it answers, places, the customer's share, and uses of what entitled to them. */
function take(context: InventoryContext, { rules, draws }: Asked, request: HoldRequest, as: 'held' | 'sold'): void {
  const { customerId, via, lines, offerId } = request;
  const offered = offerId === undefined ? undefined : acceptOffer(context, rules, offerId);
  context.stock.add(as, draws, 1);
  countTaken(context, customerId, lines, 1);
  useEntitlement(context, rules, via, lines, 1);
  // Somebody who took less than was set aside leaves the rest to the next in line.
  if (offered !== undefined) offerReturned(context, rules, [offered.typeId]);
}

/**
 * Stops the clock on a hold: from here only its order lets go of it. One that has run out meanwhile stays so, as one that was
 * let go of does: its order asks for another under a new id, so that words about the old one that come late find nothing.
 */
export function firm(context: InventoryContext, holdId: string): HoldAnswer {
  const row = findOrdersHold(context, holdId);
  if (row === undefined) return fail('hold_unknown');
  if (row.status === 'firm' || row.status === 'confirmed') return ok({ holdId, expiresAtMs: undefined });
  if (row.status !== 'held') return fail(reasonItEnded(row.status));
  context.sql.exec(`UPDATE holds SET status = 'firm', expires_at_ms = NULL WHERE hold_id = ?`, holdId);
  return ok({ holdId, expiresAtMs: undefined });
}

/** Turns a hold into tickets, once: a repeat gets the tickets made the first time. */
export function confirm(context: InventoryContext, holdId: string): ConfirmAnswer {
  const row = findOrdersHold(context, holdId);
  if (row === undefined) return fail('hold_unknown');
  if (row.status === 'confirmed') return ok({ tickets: JSON.parse(row.tickets ?? '[]') as IssuedTicket[] });
  if (row.status !== 'held' && row.status !== 'firm') return fail(reasonItEnded(row.status));
  const rules = context.rules();
  if (rules === undefined || rules.status === 'cancelled') return fail('event_cancelled');
  const lines = linesOf(row);
  const draws = drawsOfLines(rules, lines);
  context.stock.add('held', draws, -1);
  context.stock.add('sold', draws, 1);
  const tickets = makeTickets(context, rules, row);
  context.sql.exec(
    // The name is with the tickets now, if they are of a type that asks for it.
    `UPDATE holds SET status = 'confirmed', expires_at_ms = NULL, tickets = ?, holder_name = NULL WHERE hold_id = ?`,
    JSON.stringify(tickets),
    holdId,
  );
  return ok({ tickets });
}

function makeTickets(context: InventoryContext, rules: EventRules, row: HoldRow): IssuedTicket[] {
  const tickets = issueTickets(context, rules, { ...row, lines: linesOf(row) });
  if (row.via !== null) context.counters.add(`sold-via/${row.via}`, tickets.length);
  return tickets;
}

/**
 * Gives the stock back. Releasing a hold that was never made leaves a tombstone under its id, so that a hold request
 * still on its way cannot take stock that nobody would ever let go.
 */
export function release(context: InventoryContext, holdId: string): Result<undefined> {
  if (isOffers(holdId)) return fail('hold_unknown');
  const row = findHold(context, holdId);
  if (row === undefined) {
    const nobody = { holdId, orderId: holdId, customerId: '', lines: [], firm: false, ttlMs: 0 };
    context.books.holds.put({ ...rowOf(nobody), status: 'released' });
    return ok();
  }
  if (row.status === 'confirmed') return fail('hold_not_releasable');
  if (row.status === 'held' || row.status === 'firm') end(context, row, 'released');
  return ok();
}

/** Lets go of holds whose time has passed. Run at the head of each group, so the answer never waits for an alarm. */
export function expireDue(context: InventoryContext): void {
  const due = context.sql
    .exec<HoldRow>(
      `SELECT ${selected(columns)} FROM holds WHERE status = 'held' AND expires_at_ms <= ? ORDER BY expires_at_ms LIMIT ?`,
      context.now(),
      sweepLimit,
    )
    .toArray();
  for (const row of due) end(context, row, 'expired');
}

/** When the next hold runs out, if any waits. */
export function nextExpiryMs(sql: SqlStorage): EpochMs | undefined {
  const [row] = sql
    .exec<{ at: number }>(`SELECT expires_at_ms AS at FROM holds WHERE status = 'held' ORDER BY expires_at_ms LIMIT 1`)
    .toArray();
  return row?.at;
}

function end(context: InventoryContext, row: HoldRow, status: 'released' | 'expired'): void {
  const rules = context.rules();
  const lines = linesOf(row);
  if (rules !== undefined) {
    context.stock.add('held', drawsOfLines(rules, lines), -1);
    countTaken(context, row.customerId, lines, -1);
    useEntitlement(context, rules, row.via ?? undefined, lines, -1);
  }
  context.sql.exec(
    'UPDATE holds SET status = ?, expires_at_ms = NULL, holder_name = NULL WHERE hold_id = ?',
    status,
    row.holdId,
  );
  const entryId = entryOfHold(row.holdId);
  if (entryId === undefined) context.log.append({ kind: `hold.${status}`, holdId: row.holdId, orderId: row.orderId });
  else lapseOffer(context, entryId);
  if (rules !== undefined) {
    const typeIds = lines.map(({ typeId }) => typeId);
    offerReturned(context, rules, typeIds);
  }
}

function findHold({ books }: InventoryContext, holdId: string): HoldRow | undefined {
  return books.holds.get(holdId);
}

const readHolds = rowReader<HoldRow>({ table: 'holds', key: 'hold_id', columns });
const insertHolds = rowInserter('holds', [
  'hold_id',
  'request_digest',
  'order_id',
  'customer_id',
  'status',
  'lines',
  'via',
  'holder_name',
  'expires_at_ms',
  'failure',
  'tickets',
]);

/** Holds of one group. It writes new ones; what becomes of a hold is written by its own statement. */
export function holdBook(sql: Sql): RowBook<HoldRow> {
  return new RowBook<HoldRow>({
    table: 'holds',
    keyOf: ({ holdId }) => holdId,
    read: (holdIds) => readHolds(sql, holdIds),
    write: (rows) => {
      insertHolds(
        sql,
        rows.map((row) => [
          row.holdId,
          row.requestDigest,
          row.orderId,
          row.customerId,
          row.status,
          row.lines,
          row.via,
          row.holderName,
          row.expiresAtMs,
          row.failure,
          row.tickets,
        ]),
      );
    },
  });
}

function findOrdersHold(context: InventoryContext, holdId: string): HoldRow | undefined {
  return isOffers(holdId) ? undefined : findHold(context, holdId);
}

/** A hold as it is kept, before anything is known of how it ends. */
function rowOf(request: HoldRequest): HoldRow {
  const { holdId, orderId, customerId, lines, via, holderName } = request;
  return {
    holdId,
    requestDigest: markOf(request),
    orderId,
    customerId,
    status: 'held',
    lines: JSON.stringify(lines),
    via: via ?? null,
    holderName: holderName ?? null,
    expiresAtMs: null,
    failure: null,
    tickets: null,
  };
}

function answerAgain(row: HoldRow, request: HoldRequest): HoldAnswer {
  if (row.status === 'released') return fail('hold_released');
  if (!isSameRequest(row, request)) return fail('idempotency_key_reused');
  if (row.status === 'refused') return { ok: false, failure: JSON.parse(row.failure ?? '{}') as Failure };
  if (row.status === 'expired') return fail('hold_expired');
  return ok({ holdId: row.holdId, expiresAtMs: row.expiresAtMs ?? undefined });
}

function reasonItEnded(status: 'refused' | 'released' | 'expired') {
  if (status === 'expired') return 'hold_expired';
  return status === 'released' ? 'hold_released' : 'hold_not_confirmable';
}

function linesOf(row: HoldRow): HoldLine[] {
  return JSON.parse(row.lines) as HoldLine[];
}
