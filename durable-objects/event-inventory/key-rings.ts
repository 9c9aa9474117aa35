import { fail, ok, type Result } from '#shared/result.ts';
import { rotated, signingKeyId, type KeyRing, type Rotation } from '#shared/tickets/key-ring.ts';
import type { EpochMs } from '#shared/time.ts';
import type { InventoryContext } from './context.ts';

/** The event's keys, by id, and which of them signs. */
export type KeyRingNow = { readonly keys: KeyRing; readonly signingKeyId: number };

type Row = { keyId: number; fromMs: number; retiredAtMs: number | null };

export type RotationRequest = Rotation & { readonly staffId: string };

/**
 * The ring, read from storage once a group and not once a scan. What is remembered between two groups only says which keys are
 * worth asking; each group reads anew what it decides by.
 */
export class KeyRingBook {
  readonly #sql: SqlStorage;
  #ring: KeyRing | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  current(): KeyRing {
    this.#ring ??= this.#sql
      .exec<Row>(
        'SELECT key_id AS keyId, from_ms AS fromMs, retired_at_ms AS retiredAtMs FROM key_ring ORDER BY key_id',
      )
      .toArray()
      .map((row) => ({ ...row, retiredAtMs: row.retiredAtMs ?? undefined }));
    return this.#ring;
  }

  forget(): void {
    this.#ring = undefined;
  }

  /** Read anew: what is signed and shown is asked outside groups. */
  now(nowMs: EpochMs): KeyRingNow {
    this.forget();
    const keys = this.current();
    return { keys, signingKeyId: signingKeyId(keys, nowMs) };
  }

  add(ring: KeyRing): void {
    for (const { keyId, fromMs, retiredAtMs } of ring) {
      this.#sql.exec(
        `INSERT INTO key_ring (key_id, from_ms, retired_at_ms) VALUES (?1, ?2, ?3)
         ON CONFLICT (key_id) DO UPDATE SET retired_at_ms = ?3`,
        keyId,
        fromMs,
        retiredAtMs ?? null,
      );
    }
    this.forget();
  }
}

/**
 * Adds a key. After a leak that is the end of every code made before, and of what was remembered of them: tickets show a
 * fresh one by themselves the next time they are opened.
 */
export function rotateKey(context: InventoryContext, request: RotationRequest): Result<KeyRingNow> {
  if (context.rules() === undefined) return fail('event_not_on_sale');
  const before = context.keyRing.current();
  const ring = rotated(before, request, context.now());
  if (!ring.ok) return ring;
  const added = ring.value.at(-1);
  if (ring.value !== before && added !== undefined) {
    context.keyRing.add(ring.value);
    const { cause, staffId } = request;
    context.log.append({ kind: 'key.rotated', keyId: added.keyId, cause, staffId });
  }
  return ok(context.keyRing.now(context.now()));
}
