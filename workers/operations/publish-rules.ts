import type { Database } from '#d1/database.ts';
import { latestRules, proposeRules, settleRules } from '#d1/queries/rules.ts';
import type { AppliedRules } from '#objects/event-inventory/client.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import type { Result } from '#shared/result.ts';

/** The one call of an inventory that publishing needs. */
type RulesDoor = {
  readonly applyRules: (version: number, hash: string, document: string) => Promise<Result<AppliedRules>>;
};

/**
 * Publishes a rules document: written down as the next version, then put to the event's inventory, which alone decides,
 * then marked as it decided. A document equal to the latest is no new version; one whose decision got lost is put again.
 */
export async function publishRules(
  db: Database,
  inventory: RulesDoor,
  { eventId, document, nowMs }: { eventId: string; document: EventRules; nowMs: number },
): Promise<Result<AppliedRules>> {
  const text = JSON.stringify(document);
  const hash = await sha256(text);
  const latest = await latestRules(db, eventId);
  const isRepeat = latest?.hash === hash && latest.status !== 'refused';
  const version = isRepeat ? latest.version : (latest?.version ?? 0) + 1;
  if (!isRepeat) await proposeRules(db, { eventId, version, hash, document: text, nowMs });
  const answer = await inventory.applyRules(version, hash, text);
  await settleRules(db, { eventId, version, accepted: answer.ok });
  return answer;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
