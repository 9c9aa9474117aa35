import { fail, ok, type Result } from '#shared/result.ts';
import { rotated, signingKeyId, type KeyRing, type Rotation } from '#shared/tickets/key-ring.ts';
import type { InventoryContext } from './context.ts';

/** The event's keys, by id, and which of them signs. */
export type KeyRingNow = { readonly keys: KeyRing; readonly signingKeyId: number };

export type RotationRequest = Rotation & { readonly staffId: string };

export function readKeyRing(sql: SqlStorage): KeyRing {
  return sql
    .exec<{ keyId: number; fromMs: number; retiredAtMs: number | null }>(
      'SELECT key_id AS keyId, from_ms AS fromMs, retired_at_ms AS retiredAtMs FROM key_ring ORDER BY key_id',
    )
    .toArray()
    .map((row) => ({ ...row, retiredAtMs: row.retiredAtMs ?? undefined }));
}

/**
 * Adds a key. After a leak that is the end of every code made before, and of what was remembered of them: tickets show a
 * fresh one by themselves the next time they are opened.
 */
export function rotateKey(context: InventoryContext, request: RotationRequest): Result<KeyRingNow> {
  if (context.rules() === undefined) return fail('event_not_on_sale');
  const before = readKeyRing(context.sql);
  const ring = rotated(before, request, context.now());
  if (!ring.ok) return ring;
  const added = ring.value.at(-1);
  if (ring.value !== before && added !== undefined) {
    for (const { keyId, fromMs, retiredAtMs } of ring.value) {
      context.sql.exec(
        `INSERT INTO key_ring (key_id, from_ms, retired_at_ms) VALUES (?1, ?2, ?3)
         ON CONFLICT (key_id) DO UPDATE SET retired_at_ms = ?3`,
        keyId,
        fromMs,
        retiredAtMs ?? null,
      );
    }
    const { cause, staffId } = request;
    context.log.append({ kind: 'key.rotated', keyId: added.keyId, cause, staffId });
  }
  return ok({ keys: ring.value, signingKeyId: signingKeyId(ring.value, context.now()) });
}
