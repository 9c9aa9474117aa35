import type { Database } from '#d1/database.ts';
import { latestRules, proposeRules, settleRules } from '#d1/queries/rules.ts';
import { latestShopRules, proposeShopRules, settleShopRules } from '#d1/queries/shop.ts';
import type { AppliedRules } from '#objects/event-inventory/client.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import type { ShopRules } from '#shared/inventory/shop-rules.ts';
import type { Result } from '#shared/result.ts';

/** The one call of an inventory that publishing needs. */
type Apply<Applied> = (version: number, hash: string, document: string) => Promise<Result<Applied>>;

/** Where versions are written down. */
type Shelf = {
  readonly latest: () => Promise<{ version: number; hash: string; status: string } | undefined>;
  readonly propose: (proposal: { version: number; hash: string; document: string }) => Promise<void>;
  readonly settle: (version: number, accepted: boolean) => Promise<void>;
};

/** Publishes an event's rules document. */
export function publishRules(
  db: Database,
  inventory: { readonly applyRules: Apply<AppliedRules> },
  { eventId, document, nowMs }: { eventId: string; document: EventRules; nowMs: number },
): Promise<Result<AppliedRules>> {
  const shelf: Shelf = {
    latest: () => latestRules(db, eventId),
    propose: (proposal) => proposeRules(db, { eventId, nowMs, ...proposal }),
    settle: (version, accepted) => settleRules(db, { eventId, version, accepted }),
  };
  return publish(shelf, (...version) => inventory.applyRules(...version), document);
}

/** Publishes what a business sells itself: products, bundles, promotions. */
export function publishShop<Applied>(
  db: Database,
  inventory: { readonly applyShop: Apply<Applied> },
  { businessId, document, nowMs }: { businessId: string; document: ShopRules; nowMs: number },
): Promise<Result<Applied>> {
  const shelf: Shelf = {
    latest: () => latestShopRules(db, businessId),
    propose: (proposal) => proposeShopRules(db, { businessId, nowMs, ...proposal }),
    settle: (version, accepted) => settleShopRules(db, { businessId, version, accepted }),
  };
  return publish(shelf, (...version) => inventory.applyShop(...version), document);
}

/**
 * Written down as the next version, then put to the inventory, which alone decides, then marked as it decided. A document
 * equal to the latest is no new version; one whose decision got lost is put again.
 */
async function publish<Applied>(shelf: Shelf, apply: Apply<Applied>, document: unknown): Promise<Result<Applied>> {
  const text = JSON.stringify(document);
  const hash = await sha256(text);
  const latest = await shelf.latest();
  const isRepeat = latest?.hash === hash && latest.status !== 'refused';
  const version = isRepeat ? latest.version : (latest?.version ?? 0) + 1;
  if (!isRepeat) await shelf.propose({ version, hash, document: text });
  const answer = await apply(version, hash, text);
  await shelf.settle(version, answer.ok);
  return answer;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
