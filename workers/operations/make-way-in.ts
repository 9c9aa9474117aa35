import { addEntryLink, entryLinksOf, linkLimit } from '#d1/queries/entry-links.ts';
import { only } from '#objects/event-inventory/client.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import type { EntryChannel } from '#shared/entry/channels.ts';
import { needsEntitlement, ticketTypeOf } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EventForSale } from './event-for-sale.ts';
import type { Services } from '#workers/services.ts';

export type WayIn = {
  readonly label: string;
  readonly channel: EntryChannel;
  /** A type that is not for everybody, and how many of it the link is good for. */
  readonly opens: { readonly typeId: string; readonly count: number } | undefined;
};

const codeBytes = 5;
/** A link that opens something is a key: too long to be found by trying. */
const openingCodeBytes = 10;

/** Makes a link into an event; one that opens a type lets the inventory know first, so that it never opens nothing. */
export async function makeWayIn(
  services: Services,
  { event, rules }: EventForSale,
  way: WayIn,
): Promise<Result<undefined, 'batch_too_large' | 'ticket_type_unknown' | 'quantity_invalid' | 'internal_error'>> {
  const { db, clock, randomBytes } = services;
  const existing = await entryLinksOf(db, event.id);
  if (existing.length >= linkLimit) return fail('batch_too_large', { max: linkLimit });
  const { opens } = way;
  const code = encodeBase32(randomBytes(opens === undefined ? codeBytes : openingCodeBytes)).toLowerCase();
  if (opens !== undefined) {
    const type = ticketTypeOf(rules, opens.typeId);
    if (type === undefined || !needsEntitlement(type)) return fail('ticket_type_unknown');
    const entitlement = { entitlementId: code, typeId: type.id, granted: opens.count, endsAtMs: type.sale.until };
    const granted = only(await services.inventory(event.id).grantEntitlements([entitlement]));
    if (!granted.ok) return fail(granted.failure.code === 'quantity_invalid' ? 'quantity_invalid' : 'internal_error');
  }
  await addEntryLink(db, { code, eventId: event.id, ...way, createdAtMs: clock() });
  return ok();
}
