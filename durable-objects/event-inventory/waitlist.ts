import { ticketTypeOf, type EventRules, type TicketType } from '#shared/inventory/rules.ts';
import { drawsOfLines, takeStock, ticketsLeft } from '#shared/inventory/stock.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { minuteMs } from '#shared/time.ts';
import type { InventoryContext } from './context.ts';
import { countTaken, takenBy } from './customers.ts';
import type { HoldRow } from './holds.ts';

/** One customer waiting for tickets of one type. Its id is its idempotency key. */
export type WaitlistEntry = {
  readonly entryId: string;
  readonly customerId: string;
  readonly typeId: string;
  readonly quantity: number;
};

export type WaitlistStatus = 'waiting' | 'offered' | 'taken' | 'lapsed' | 'left';

type Row = WaitlistEntry & { seq: number; status: WaitlistStatus; holdId: string | null };

const columns =
  'seq, entry_id AS entryId, customer_id AS customerId, type_id AS typeId, quantity, status, hold_id AS holdId';

/** How long an offer is held for the one it was made to, before the next in line gets it. */
export const offerTtlMs = 30 * minuteMs;

/** Bounds of one turn: the rest is served by the next thing that comes back. */
const offersAtOnce = 200;

export function joinWaitlist(
  context: InventoryContext,
  { entryId, customerId, typeId, quantity }: WaitlistEntry,
): Result<{ readonly status: WaitlistStatus }> {
  const known = findEntry(context, entryId);
  if (known !== undefined) {
    const isSame = known.customerId === customerId && known.typeId === typeId && known.quantity === quantity;
    return isSame ? ok({ status: known.status }) : fail('idempotency_key_reused');
  }
  const rules = context.rules();
  const type = rules === undefined ? undefined : ticketTypeOf(rules, typeId);
  if (rules === undefined) return fail('event_not_on_sale');
  if (rules.status === 'cancelled') return fail('event_cancelled');
  if (type === undefined) return fail('ticket_type_unknown');
  if (!Number.isSafeInteger(quantity) || quantity < 1) return fail('quantity_invalid');
  if (quantity > type.perOrderMax) return fail('order_limit_exceeded', { type: type.name, max: type.perOrderMax });
  if (context.now() >= type.sale.until) return fail('sale_closed', { type: type.name });
  const taken = takenBy(context, customerId, typeId);
  if (taken + quantity > type.perCustomerMax) {
    return fail('customer_limit_exceeded', { type: type.name, max: type.perCustomerMax, taken });
  }
  const isFree = ticketsLeft(type, (id) => context.stock.of(id)) >= quantity;
  if (isFree && nextWaiting(context, typeId) === undefined) return fail('waitlist_not_needed');
  context.sql.exec(
    `INSERT INTO waitlist (entry_id, customer_id, type_id, quantity, status) VALUES (?, ?, ?, ?, 'waiting')`,
    entryId,
    customerId,
    typeId,
    quantity,
  );
  context.log.append({ kind: 'waitlist.joined', entryId, customerId, typeId, quantity });
  return ok({ status: 'waiting' });
}

/** Gives a place up. The next in line may fit where this one did not, and what was set aside for it is free again. */
export function leaveWaitlist(context: InventoryContext, entryId: string): Result<undefined> {
  const row = findEntry(context, entryId);
  const rules = context.rules();
  if (row === undefined || rules === undefined) return fail('waitlist_unknown');
  if (row.status !== 'waiting' && row.status !== 'offered') return ok();
  if (row.status === 'offered') endOffer(context, rules, row);
  setStatus(context, row, 'left');
  offerReturned(context, rules, [row.typeId]);
  return ok();
}

/**
 * Offers what came back to whoever has waited longest, over all types it may serve: strictly in order, so that somebody who
 * waits for two of a type is not passed over by those who want one of it. Called in the same transaction that gives stock
 * back, before any buyer can take it.
 */
export function offerReturned(context: InventoryContext, rules: EventRules, typeIds: readonly string[]): void {
  if (rules.status === 'cancelled') return;
  const now = context.now();
  // An offer of what can no longer be bought would only keep it from those who wait for something else.
  const open = sharingStock(rules, typeIds).filter(({ sale }) => now < sale.until);
  const heads = new Map(open.map(({ id }) => [id, nextWaiting(context, id)]));
  for (let made = 0; made < offersAtOnce; made += 1) {
    const [next] = [...heads.values()].filter((head) => head !== undefined).toSorted((a, b) => a.seq - b.seq);
    if (next === undefined) return;
    heads.set(next.typeId, offer(context, rules, next) ? nextWaiting(context, next.typeId) : undefined);
  }
}

/** What is set aside for a customer; undefined when the offer is not theirs, or over. */
export function offerTo(context: InventoryContext, entryId: string, customerId: string): WaitlistEntry | undefined {
  const row = findEntry(context, entryId);
  return row?.customerId === customerId && row.status === 'offered' ? row : undefined;
}

/** Ends the offer that a buyer answers: what was set aside is theirs by their own hold. */
export function acceptOffer(context: InventoryContext, rules: EventRules, entryId: string): WaitlistEntry | undefined {
  const row = findEntry(context, entryId);
  if (row === undefined) return undefined;
  endOffer(context, rules, row);
  setStatus(context, row, 'taken');
  return row;
}

/** An offer nobody answered in time. Its hold has already been let go of. */
export function lapseOffer(context: InventoryContext, entryId: string): void {
  const row = findEntry(context, entryId);
  if (row?.status === 'offered') setStatus(context, row, 'lapsed');
}

/** The waitlist entry an offer's hold belongs to. */
export function entryOfHold(holdId: string): string | undefined {
  return holdId.startsWith(offerPrefix) ? holdId.slice(offerPrefix.length) : undefined;
}

const offerPrefix = 'offer/';

function offer(context: InventoryContext, rules: EventRules, entry: Row): boolean {
  const lines = [{ typeId: entry.typeId, quantity: entry.quantity }];
  const draws = takeStock(rules, lines, (id) => context.stock.of(id));
  if (!draws.ok) return false;
  context.stock.add('held', draws.value, 1);
  countTaken(context, entry.customerId, lines, 1);
  const holdId = offerPrefix + entry.entryId;
  const endsAtMs = context.now() + offerTtlMs;
  context.sql.exec(
    `INSERT INTO holds (hold_id, request_digest, order_id, customer_id, status, lines, expires_at_ms)
     VALUES (?, '', ?, ?, 'held', ?, ?)`,
    holdId,
    entry.entryId,
    entry.customerId,
    JSON.stringify(lines),
    endsAtMs,
  );
  context.sql.exec(`UPDATE waitlist SET status = 'offered', hold_id = ? WHERE seq = ?`, holdId, entry.seq);
  const { entryId, customerId, typeId, quantity } = entry;
  context.log.append({ kind: 'waitlist.offered', entryId, customerId, typeId, quantity, endsAtMs });
  return true;
}

function endOffer(context: InventoryContext, rules: EventRules, row: Row): void {
  if (row.holdId === null) return;
  const [hold] = context.sql
    .exec<Pick<HoldRow, 'status'>>('SELECT status FROM holds WHERE hold_id = ?', row.holdId)
    .toArray();
  if (hold?.status !== 'held') return;
  const lines = [{ typeId: row.typeId, quantity: row.quantity }];
  context.stock.add('held', drawsOfLines(rules, lines), -1);
  countTaken(context, row.customerId, lines, -1);
  context.sql.exec(`UPDATE holds SET status = 'released', expires_at_ms = NULL WHERE hold_id = ?`, row.holdId);
}

function setStatus(context: InventoryContext, row: Row, status: 'taken' | 'lapsed' | 'left'): void {
  context.sql.exec('UPDATE waitlist SET status = ? WHERE seq = ?', status, row.seq);
  context.log.append({ kind: `waitlist.${status}`, entryId: row.entryId, customerId: row.customerId });
}

function findEntry({ sql }: InventoryContext, entryId: string): Row | undefined {
  return sql.exec<Row>(`SELECT ${columns} FROM waitlist WHERE entry_id = ?`, entryId).toArray()[0];
}

function nextWaiting({ sql }: InventoryContext, typeId: string): Row | undefined {
  return sql
    .exec<Row>(`SELECT ${columns} FROM waitlist WHERE type_id = ? AND status = 'waiting' ORDER BY seq LIMIT 1`, typeId)
    .toArray()[0];
}

/** Types that what came back may serve: the same, and those that draw on a pool with them. */
function sharingStock(rules: EventRules, typeIds: readonly string[]): TicketType[] {
  const pools = new Set(typeIds.flatMap((id) => ticketTypeOf(rules, id)?.pools ?? []));
  return rules.ticketTypes.filter(({ id, pools: own }) => typeIds.includes(id) || own.some((pool) => pools.has(pool)));
}
