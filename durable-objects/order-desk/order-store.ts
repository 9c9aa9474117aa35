import type { Contact, Order } from '#shared/orders/order.ts';
import type { EpochMs } from '#shared/time.ts';
import { readProgress, readSnapshot, type StoredState } from './old-orders.ts';

type Row = {
  orderId: string;
  requestDigest: string;
  state: StoredState;
  snapshot: string;
  progress: string;
  placedAtMs: number;
  wakeCount: number;
  isForgotten: 0 | 1;
};

const columns = `order_id AS orderId, request_digest AS requestDigest, state, snapshot, progress,
  placed_at_ms AS placedAtMs, wake_count AS wakeCount, contact_email IS NULL AS isForgotten`;

export type StoredOrder = { readonly order: Order; readonly requestDigest: string; readonly wakeCount: number };

/** The desk's table of orders: rows in, domain objects out. */
export class OrderStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(orderId: string): StoredOrder | undefined {
    return this.#first('order_id = ?', orderId);
  }

  has(orderId: string): boolean {
    const sql = 'SELECT 1 FROM orders WHERE order_id = ?';
    return this.#sql.exec(sql, orderId).toArray().length > 0;
  }

  findByKey(idempotencyKey: string): StoredOrder | undefined {
    return this.#first('idempotency_key = ?', idempotencyKey);
  }

  /** False when its idempotency key was used before: then nothing is written. */
  insert(
    order: Order,
    key: { idempotencyKey: string; requestDigest: string },
    contact: Contact,
    wakeAtMs: EpochMs | undefined,
  ): boolean {
    const written = this.#sql.exec(
      `INSERT INTO orders (order_id, idempotency_key, request_digest, state, snapshot, progress, placed_at_ms,
         contact_name, contact_email, contact_gift, wake_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      order.orderId,
      key.idempotencyKey,
      key.requestDigest,
      order.state,
      JSON.stringify(order.snapshot),
      progressOf(order),
      order.placedAtMs,
      contact.name,
      contact.email,
      contact.gift === undefined ? null : JSON.stringify(contact.gift),
      wakeAtMs ?? null,
    );
    return written.rowsWritten > 0;
  }

  update(order: Order, wakeAtMs: EpochMs | undefined): void {
    this.#sql.exec(
      'UPDATE orders SET state = ?, progress = ?, wake_at_ms = ? WHERE order_id = ?',
      order.state,
      progressOf(order),
      wakeAtMs ?? null,
      order.orderId,
    );
  }

  postpone(orderId: string, wakeAtMs: EpochMs): void {
    this.#sql.exec(
      'UPDATE orders SET wake_at_ms = ?, wake_count = wake_count + 1 WHERE order_id = ?',
      wakeAtMs,
      orderId,
    );
  }

  due(now: EpochMs, limit: number): { orderId: string; wakeCount: number }[] {
    return this.#sql
      .exec<{ orderId: string; wakeCount: number }>(
        `SELECT order_id AS orderId, wake_count AS wakeCount FROM orders WHERE wake_at_ms <= ?
         ORDER BY wake_at_ms LIMIT ?`,
        now,
        limit,
      )
      .toArray();
  }

  nextWakeMs(): EpochMs | undefined {
    const [row] = this.#sql
      .exec<{ at: number }>(
        'SELECT wake_at_ms AS at FROM orders WHERE wake_at_ms IS NOT NULL ORDER BY wake_at_ms LIMIT 1',
      )
      .toArray();
    return row?.at;
  }

  contact(orderId: string): Contact | undefined {
    const [row] = this.#sql
      .exec<{ name: string | null; email: string | null; gift: string | null }>(
        'SELECT contact_name AS name, contact_email AS email, contact_gift AS gift FROM orders WHERE order_id = ?',
        orderId,
      )
      .toArray();
    if (row?.email == null) return undefined;
    const contact = { name: row.name ?? '', email: row.email };
    return row.gift === null ? contact : { ...contact, gift: JSON.parse(row.gift) as Contact['gift'] };
  }

  /** The digest goes too: who knows the order could guess a name and address by it. A repeat of its key is refused. */
  forget(orderId: string): void {
    this.#sql.exec(
      `UPDATE orders SET contact_name = NULL, contact_email = NULL, contact_gift = NULL, request_digest = ''
       WHERE order_id = ?`,
      orderId,
    );
  }

  /** True the first time only. */
  spendLink(orderId: string, nonce: string, now: EpochMs): boolean {
    return this.#insertOnce('spent_links (nonce, order_id, spent_at_ms) VALUES (?, ?, ?)', [nonce, orderId, now]);
  }

  hasHeard(eventId: string): boolean {
    return this.#sql.exec('SELECT 1 FROM gateway_events WHERE event_id = ?', eventId).toArray().length > 0;
  }

  hearEvent(event: { eventId: string; orderId: string; kind: string }, now: EpochMs): void {
    const { eventId, orderId, kind } = event;
    const row = [eventId, orderId, kind, now];
    this.#insertOnce('gateway_events (event_id, order_id, kind, heard_at_ms) VALUES (?, ?, ?, ?)', row);
  }

  #insertOnce(into: string, values: (string | number)[]): boolean {
    return this.#sql.exec(`INSERT INTO ${into} ON CONFLICT DO NOTHING`, ...values).rowsWritten > 0;
  }

  #first(where: string, value: string): StoredOrder | undefined {
    const [row] = this.#sql.exec<Row>(`SELECT ${columns} FROM orders WHERE ${where}`, value).toArray();
    if (row === undefined) return undefined;
    const { orderId, state, placedAtMs, requestDigest, wakeCount } = row;
    const snapshot = readSnapshot(row.snapshot);
    const order: Order = { orderId, placedAtMs, snapshot, ...readProgress(state, row.progress, snapshot) };
    const known = row.isForgotten === 1 ? { ...order, isForgotten: true } : order;
    return { order: known, requestDigest, wakeCount };
  }
}

function progressOf(order: Order): string {
  const { stock, holdExpiresAtMs, attempts, tickets, refunds, disputes, overpaid, failure } = order;
  return JSON.stringify({ stock, holdExpiresAtMs, attempts, tickets, refunds, disputes, overpaid, failure });
}
