import { ok, type Result } from '#shared/result.ts';
import { hourMs } from '#shared/time.ts';
import type { Announcement } from '#shared/gate/socket-messages.ts';
import type { InventoryContext } from './context.ts';

/** Old news is no news to a scanner that comes back in the morning. */
const standsMs = 12 * hourMs;

/**
 * What a supervisor tells every steward. The trail keeps that it was said, and by whom; the words are here alone, because they
 * may be about somebody. The same id again is the same message.
 */
export function announce(
  context: InventoryContext,
  { announcementId, text, staffId }: { announcementId: string; text: string; staffId: string },
): Result<Announcement> {
  const [known] = context.sql
    .exec<Announcement>(
      'SELECT announcement_id AS announcementId, text, at_ms AS atMs FROM announcements WHERE announcement_id = ?',
      announcementId,
    )
    .toArray();
  if (known !== undefined) return ok(known);
  const atMs = context.now();
  context.sql.exec('DELETE FROM announcements WHERE at_ms <= ?', atMs - standsMs);
  context.sql.exec(
    'INSERT INTO announcements (announcement_id, text, at_ms, staff_id) VALUES (?, ?, ?, ?)',
    announcementId,
    text,
    atMs,
    staffId,
  );
  context.log.append({ kind: 'stewards.told', announcementId, staffId });
  return ok({ announcementId, text, atMs });
}

/** The newest that still stands. */
export function standingAnnouncement(sql: Pick<SqlStorage, 'exec'>, now: number): Announcement | undefined {
  return sql
    .exec<Announcement>(
      `SELECT announcement_id AS announcementId, text, at_ms AS atMs FROM announcements
       WHERE at_ms > ? ORDER BY at_ms DESC LIMIT 1`,
      now - standsMs,
    )
    .toArray()[0];
}
