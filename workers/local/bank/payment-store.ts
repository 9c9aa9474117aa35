import type { BankEntry } from './books.ts';
import { wakesAtMs, type Payment } from './payment.ts';

export type KeptAnswer = { readonly status: number; readonly body: string };
export type PendingWebhook = {
  readonly seq: number;
  readonly sessionId: string;
  readonly kind: string;
  readonly body: string;
  readonly tries: number;
};

export type EntryQuery = {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly after: string | undefined;
  readonly limit: number;
};

const webhookColumns = 'seq, session_id AS sessionId, kind, body, tries';

const schema = `
  CREATE TABLE IF NOT EXISTS payments (
    session_id TEXT PRIMARY KEY,
    intent_id TEXT UNIQUE,
    created_at_ms INTEGER NOT NULL,
    wake_at_ms INTEGER,
    payment TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS payments_to_wake ON payments (wake_at_ms) WHERE wake_at_ms IS NOT NULL;
  CREATE INDEX IF NOT EXISTS payments_by_age ON payments (created_at_ms);
  CREATE TABLE IF NOT EXISTS answers (
    idempotency_key TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS webhooks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    due_at_ms INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS webhooks_due ON webhooks (due_at_ms);
  CREATE TABLE IF NOT EXISTS entries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    session_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
  );
`;

/** The bank's books. */
export class PaymentStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(schema);
  }

  find(sessionId: string): Payment | undefined {
    return this.#payments('session_id = ?', sessionId)[0];
  }

  findByIntent(intentId: string): Payment | undefined {
    return this.#payments('intent_id = ?', intentId)[0];
  }

  /** Newest first. */
  newest(limit: number): Payment[] {
    return this.#payments('1 ORDER BY created_at_ms DESC, rowid DESC LIMIT ?', limit);
  }

  toWake(now: number): Payment[] {
    return this.#payments('wake_at_ms <= ?', now);
  }

  save(payment: Payment): void {
    this.#sql.exec(
      `INSERT INTO payments (session_id, intent_id, created_at_ms, wake_at_ms, payment) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (session_id) DO UPDATE SET
         intent_id = excluded.intent_id, wake_at_ms = excluded.wake_at_ms, payment = excluded.payment`,
      payment.sessionId,
      payment.intent?.id ?? null,
      payment.createdAtMs,
      wakesAtMs(payment) ?? null,
      JSON.stringify(payment),
    );
  }

  answerTo(key: string): (KeptAnswer & { readonly request: string }) | undefined {
    return this.#sql
      .exec<KeptAnswer & { request: string }>(
        'SELECT request, status, body FROM answers WHERE idempotency_key = ?',
        key,
      )
      .toArray()[0];
  }

  keepAnswer(key: string, request: string, { status, body }: KeptAnswer): void {
    this.#sql.exec(
      'INSERT INTO answers (idempotency_key, request, status, body) VALUES (?, ?, ?, ?)',
      key,
      request,
      status,
      body,
    );
  }

  addEntry({ id, kind, sessionId, sourceId, amountMinor, atMs }: BankEntry): void {
    this.#sql.exec(
      'INSERT INTO entries (id, kind, session_id, source_id, amount_minor, at_ms) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      kind,
      sessionId,
      sourceId,
      amountMinor,
      atMs,
    );
  }

  /** Newest first: those of a time, `until` left out, behind the one named. */
  entries({ fromMs, untilMs, after, limit }: EntryQuery): BankEntry[] {
    return this.#sql
      .exec<BankEntry>(
        `SELECT id, kind, session_id AS sessionId, source_id AS sourceId, amount_minor AS amountMinor, at_ms AS atMs
         FROM entries WHERE at_ms >= ? AND at_ms < ? AND seq < COALESCE((SELECT seq FROM entries WHERE id = ?), 9e15)
         ORDER BY seq DESC LIMIT ?`,
        fromMs,
        untilMs,
        after ?? null,
        limit,
      )
      .toArray();
  }

  queueWebhook(sessionId: string, kind: string, body: string, dueAtMs: number): void {
    const row = [sessionId, kind, body, dueAtMs];
    this.#sql.exec('INSERT INTO webhooks (session_id, kind, body, due_at_ms) VALUES (?, ?, ?, ?)', ...row);
  }

  webhook(seq: number): PendingWebhook | undefined {
    return this.#sql.exec<PendingWebhook>(`SELECT ${webhookColumns} FROM webhooks WHERE seq = ?`, seq).toArray()[0];
  }

  /** All that have not been heard yet, in the order they happened. */
  pendingWebhooks(limit: number): PendingWebhook[] {
    return this.#sql
      .exec<PendingWebhook>(`SELECT ${webhookColumns} FROM webhooks ORDER BY seq LIMIT ?`, limit)
      .toArray();
  }

  dueWebhooks(now: number, limit: number): PendingWebhook[] {
    const due = `SELECT ${webhookColumns} FROM webhooks WHERE due_at_ms <= ? ORDER BY due_at_ms, seq LIMIT ?`;
    return this.#sql.exec<PendingWebhook>(due, now, limit).toArray();
  }

  /** Counted before it is sent: a crash in between only makes it come again. */
  countTry(seq: number, dueAtMs: number): void {
    this.#sql.exec('UPDATE webhooks SET tries = tries + 1, due_at_ms = ? WHERE seq = ?', dueAtMs, seq);
  }

  postponeWebhook(seq: number, dueAtMs: number): void {
    this.#sql.exec('UPDATE webhooks SET due_at_ms = ? WHERE seq = ?', dueAtMs, seq);
  }

  dropWebhook(seq: number): void {
    this.#sql.exec('DELETE FROM webhooks WHERE seq = ?', seq);
  }

  nextAlarmMs(): number | undefined {
    const { at } = this.#sql
      .exec<{ at: number | null }>(
        `SELECT min(at) AS at FROM (SELECT min(wake_at_ms) AS at FROM payments UNION ALL SELECT min(due_at_ms) FROM webhooks)`,
      )
      .one();
    return at ?? undefined;
  }

  #payments(where: string, value: string | number): Payment[] {
    return this.#sql
      .exec<{ payment: string }>(`SELECT payment FROM payments WHERE ${where}`, value)
      .toArray()
      .map(({ payment }) => JSON.parse(payment) as Payment);
  }
}
