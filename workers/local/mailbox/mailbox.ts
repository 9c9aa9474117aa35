import { DurableObject } from 'cloudflare:workers';
import type { LocalEnv } from '../env.ts';
import type { PhoneKeys } from './unseal.ts';

/** A message as it would have left, whatever would have carried it. `subject` is what lists show. */
export type KeptMessage = {
  readonly id: string;
  readonly channel: 'email' | 'sms' | 'push';
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  /** Mails only. */
  readonly html?: string | undefined;
  readonly text: string;
  readonly sentAtMs: number;
};

const shownMessages = 200;
const mailboxName = 'mailbox';

/** Where messages land on a machine that sends none. */
export class Mailbox extends DurableObject<LocalEnv> {
  constructor(ctx: DurableObjectState, env: LocalEnv) {
    super(ctx, env);
    ctx.storage.sql.exec(
      `CREATE TABLE IF NOT EXISTS kept_messages
        (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, idempotency_key TEXT UNIQUE, message TEXT)`,
    );
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS phones (endpoint TEXT PRIMARY KEY, keys TEXT)');
  }

  /** Keeps a message once for each idempotency key, as providers that know such keys do. Answers its id. */
  keep(idempotencyKey: string, message: Omit<KeptMessage, 'id' | 'sentAtMs'>): string {
    const kept: KeptMessage = { id: crypto.randomUUID(), sentAtMs: Date.now(), ...message };
    this.ctx.storage.sql.exec(
      'INSERT INTO kept_messages (id, idempotency_key, message) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      kept.id,
      idempotencyKey,
      JSON.stringify(kept),
    );
    return this.ctx.storage.sql
      .exec<{ id: string }>('SELECT id FROM kept_messages WHERE idempotency_key = ?', idempotencyKey)
      .one().id;
  }

  /** The keys with which a pretend browser opens what is pushed to it. */
  keepPhone(endpoint: string, keys: PhoneKeys): void {
    this.ctx.storage.sql.exec('INSERT INTO phones (endpoint, keys) VALUES (?, ?)', endpoint, JSON.stringify(keys));
  }

  phone(endpoint: string): PhoneKeys | undefined {
    const [row] = this.ctx.storage.sql
      .exec<{ keys: string }>('SELECT keys FROM phones WHERE endpoint = ?', endpoint)
      .toArray();
    return row === undefined ? undefined : (JSON.parse(row.keys) as PhoneKeys);
  }

  /** Newest first. */
  list(): KeptMessage[] {
    return this.ctx.storage.sql
      .exec<{ message: string }>('SELECT message FROM kept_messages ORDER BY seq DESC LIMIT ?', shownMessages)
      .toArray()
      .map(({ message }) => JSON.parse(message) as KeptMessage);
  }
}

export function mailboxOf(env: LocalEnv) {
  return env.MAILBOX.get(env.MAILBOX.idFromName(mailboxName));
}
