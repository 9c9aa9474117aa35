import { decideGoods, isPromo, promoIdOf, type GoodsLine } from '#shared/inventory/shop-stock.ts';
import { fail, ok, type Failure, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import { requestDigest } from '../common/request-digest.ts';
import type { InventoryContext } from './context.ts';
import type { HoldAnswer } from './holds.ts';

/** Products and uses of promotions, as one order takes them. The hold's id is its idempotency key. */
export type ShopHoldRequest = {
  readonly holdId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly lines: readonly GoodsLine[];
  /** A firm hold does not expire by the clock. */
  readonly firm: boolean;
  readonly ttlMs: number;
};

export type GoodsMove = 'firm' | 'confirm' | 'release';

type Status = 'refused' | 'held' | 'firm' | 'confirmed' | 'released' | 'expired';
type Row = {
  holdId: string;
  requestDigest: string;
  orderId: string;
  customerId: string;
  status: Status;
  lines: string;
  expiresAtMs: number | null;
  failure: string | null;
};

const columns = `hold_id AS holdId, request_digest AS requestDigest, order_id AS orderId, customer_id AS customerId, status,
  lines, expires_at_ms AS expiresAtMs, failure`;
const sweepLimit = 200;

export function holdGoods(context: InventoryContext, request: ShopHoldRequest): HoldAnswer {
  const { holdId, orderId, customerId, lines, firm: isFirm } = request;
  const digest = requestDigest([orderId, customerId, lines, isFirm]);
  const known = find(context, holdId);
  if (known !== undefined) return answerAgain(known, digest);
  const decision = decide(context, request);
  if (!decision.ok) {
    insert(context, request, digest, 'refused', null, decision.failure);
    return decision;
  }
  take(context, request, 1);
  const expiresAtMs = isFirm ? null : context.now() + request.ttlMs;
  insert(context, request, digest, isFirm ? 'firm' : 'held', expiresAtMs);
  context.log.append({ kind: 'hold.made', holdId, orderId });
  return ok({ holdId, expiresAtMs: expiresAtMs ?? undefined });
}

export function moveGoods(context: InventoryContext, move: GoodsMove, holdId: string): HoldAnswer {
  const row = find(context, holdId);
  const done = ok({ holdId, expiresAtMs: undefined });
  if (move === 'release') return release(context, row, holdId) ?? done;
  if (row === undefined) return fail('hold_unknown');
  const { status } = row;
  if (status === 'confirmed' || (move === 'firm' && status === 'firm')) return done;
  if (status !== 'held' && status !== 'firm') return fail(whyOver(status));
  if (move === 'confirm') {
    const lines = linesOf(row);
    context.stock.add('held', lines, -1);
    context.stock.add('sold', lines, 1);
  }
  const next = move === 'confirm' ? 'confirmed' : 'firm';
  context.sql.exec('UPDATE shop_holds SET status = ?, expires_at_ms = NULL WHERE hold_id = ?', next, holdId);
  return done;
}

/** Lets go of holds whose time has passed. Run at the head of each group of a shop. */
export function expireGoods(context: InventoryContext): void {
  const due = context.sql
    .exec<Row>(
      `SELECT ${columns} FROM shop_holds WHERE status = 'held' AND expires_at_ms <= ?
       ORDER BY expires_at_ms LIMIT ?`,
      context.now(),
      sweepLimit,
    )
    .toArray();
  for (const row of due) end(context, row, 'expired');
}

/** When the next hold of a shop runs out, if any waits. */
export function nextGoodsExpiryMs(sql: SqlStorage): EpochMs | undefined {
  const [row] = sql
    .exec<{ at: number }>(
      `SELECT expires_at_ms AS at FROM shop_holds WHERE status = 'held' ORDER BY expires_at_ms LIMIT 1`,
    )
    .toArray();
  return row?.at;
}

function decide(context: InventoryContext, { customerId, lines }: ShopHoldRequest): Result<unknown> {
  const rules = context.shop.current();
  if (rules === undefined) return fail('product_unknown');
  return decideGoods(rules, lines, {
    stockOf: (id) => context.stock.of(id),
    takenOf: (promoId) => takenBy(context, customerId, promoId),
  });
}

/** What a hold takes, or gives back: stock, and the customer's share of promotions. */
function take(
  context: InventoryContext,
  { customerId, lines }: { customerId: string; lines: readonly GoodsLine[] },
  sign: 1 | -1,
): void {
  context.stock.add('held', lines, sign);
  for (const { stockId, quantity } of lines) {
    if (!isPromo(stockId)) continue;
    context.sql.exec(
      `INSERT INTO promo_takes (customer_id, promo_id, taken) VALUES (?1, ?2, MAX(0, ?3))
       ON CONFLICT (customer_id, promo_id) DO UPDATE SET taken = MAX(0, taken + ?3)`,
      customerId,
      promoIdOf(stockId),
      sign * quantity,
    );
  }
}

/** Releasing what was never held leaves a mark, so that a hold still on its way cannot take what nobody would let go. */
function release(context: InventoryContext, row: Row | undefined, holdId: string): HoldAnswer | undefined {
  if (row === undefined) {
    const nobody = { holdId, orderId: holdId, customerId: '', lines: [], firm: false, ttlMs: 0 };
    insert(context, nobody, '', 'released', null);
    return undefined;
  }
  if (row.status === 'confirmed') return fail('hold_not_releasable');
  if (row.status === 'held' || row.status === 'firm') end(context, row, 'released');
  return undefined;
}

function end(context: InventoryContext, row: Row, status: 'released' | 'expired'): void {
  take(context, { ...row, lines: linesOf(row) }, -1);
  context.sql.exec('UPDATE shop_holds SET status = ?, expires_at_ms = NULL WHERE hold_id = ?', status, row.holdId);
  context.log.append({ kind: `hold.${status}`, holdId: row.holdId, orderId: row.orderId });
}

function takenBy({ sql }: InventoryContext, customerId: string, promoId: string): number {
  const [row] = sql
    .exec<{ taken: number }>(
      'SELECT taken FROM promo_takes WHERE customer_id = ? AND promo_id = ?',
      customerId,
      promoId,
    )
    .toArray();
  return row?.taken ?? 0;
}

function find({ sql }: InventoryContext, holdId: string): Row | undefined {
  return sql.exec<Row>(`SELECT ${columns} FROM shop_holds WHERE hold_id = ?`, holdId).toArray()[0];
}

function insert(
  { sql }: InventoryContext,
  { holdId, orderId, customerId, lines }: ShopHoldRequest,
  digest: string,
  status: Status,
  expiresAtMs: EpochMs | null,
  failure?: Failure,
): void {
  sql.exec(
    `INSERT INTO shop_holds (hold_id, request_digest, order_id, customer_id, status, lines, expires_at_ms, failure)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    holdId,
    digest,
    orderId,
    customerId,
    status,
    JSON.stringify(lines),
    expiresAtMs,
    failure === undefined ? null : JSON.stringify(failure),
  );
}

function answerAgain(row: Row, digest: string): HoldAnswer {
  if (row.status === 'released') return fail('hold_released');
  if (row.requestDigest !== digest) return fail('idempotency_key_reused');
  if (row.status === 'refused') return { ok: false, failure: JSON.parse(row.failure ?? '{}') as Failure };
  if (row.status === 'expired') return fail('hold_expired');
  return ok({ holdId: row.holdId, expiresAtMs: row.expiresAtMs ?? undefined });
}

function whyOver(status: 'refused' | 'released' | 'expired') {
  if (status === 'expired') return 'hold_expired';
  return status === 'released' ? 'hold_released' : 'hold_not_confirmable';
}

function linesOf(row: Row): GoodsLine[] {
  return JSON.parse(row.lines) as GoodsLine[];
}
