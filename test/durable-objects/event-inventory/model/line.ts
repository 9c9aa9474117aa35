import type { WaitlistEntry } from '#objects/event-inventory/waitlist.ts';
import { canStillBuy, fits, left, takenBy } from './counts.ts';
import { no, typeOf, yes, type World } from './world.ts';

/** The waitlist, as the model keeps it: a list in the order people came. */

const halfAnHour = 30 * 60_000;
const offerId = (entryId: string) => `offer/${entryId}`;

export function finish(
  world: World,
  entryId: string,
  status: 'taken' | 'lapsed' | 'left',
  holdStatus: 'released' | 'expired',
) {
  const entry = world.line.find((each) => each.entryId === entryId)!;
  const aside = world.holds.get(offerId(entryId));
  if (aside?.status === 'held') Object.assign(aside, { status: holdStatus, endsAt: undefined });
  entry.status = status;
  world.traces.push({ kind: `waitlist.${status}`, entryId, customerId: entry.customerId });
}

/** First come, first served: one walk down the line, where whoever is blocked blocks the rest of their type. */
export function serve(world: World, typeIds: readonly string[]): void {
  if (world.rules.status === 'cancelled') return;
  const pools = new Set(typeIds.flatMap((id) => typeOf(world, id)?.pools ?? []));
  const blocked = new Set<string>();
  for (const entry of world.line.filter(({ status }) => status === 'waiting')) {
    const { entryId, customerId, typeId, quantity } = entry;
    const type = typeOf(world, typeId);
    if (type === undefined || blocked.has(typeId) || world.now >= type.sale.until) continue;
    if (!typeIds.includes(typeId) && !type.pools.some((pool) => pools.has(pool))) continue;
    if (!fits(world, [entry], left(world))) {
      blocked.add(typeId);
      continue;
    }
    entry.status = 'offered';
    const endsAt = world.now + halfAnHour;
    const lines = [{ typeId, quantity }];
    const nobody = { via: undefined, name: undefined, payload: '' };
    world.holds.set(offerId(entryId), {
      id: offerId(entryId),
      orderId: entryId,
      customerId,
      lines,
      ...nobody,
      status: 'held',
      endsAt,
    });
    world.traces.push({ kind: 'waitlist.offered', entryId, customerId, typeId, quantity, endsAtMs: endsAt });
  }
}

export function join(world: World, { entryId, customerId, typeId, quantity }: WaitlistEntry): unknown {
  const known = world.line.find((each) => each.entryId === entryId);
  if (known !== undefined) {
    const isSame = known.customerId === customerId && known.typeId === typeId && known.quantity === quantity;
    return isSame ? yes({ status: known.status }) : no('idempotency_key_reused');
  }
  const type = typeOf(world, typeId);
  if (world.rules.status === 'cancelled') return no('event_cancelled');
  if (type === undefined) return no('ticket_type_unknown');
  if (!Number.isSafeInteger(quantity) || quantity < 1) return no('quantity_invalid');
  if (quantity > type.perOrderMax) return no('order_limit_exceeded', { type: type.name, max: type.perOrderMax });
  if (world.now >= type.sale.until) return no('sale_closed', { type: type.name });
  const taken = takenBy(world, customerId, typeId);
  const max = type.perCustomerMax;
  if (taken + quantity > max) return no('customer_limit_exceeded', { type: type.name, max, taken });
  const isQueue = world.line.some((each) => each.typeId === typeId && each.status === 'waiting');
  if (!isQueue && canStillBuy(type, left(world)) >= quantity) return no('waitlist_not_needed');
  world.line.push({ entryId, customerId, typeId, quantity, status: 'waiting' });
  world.traces.push({ kind: 'waitlist.joined', entryId, customerId, typeId, quantity });
  return yes({ status: 'waiting' });
}

export function leave(world: World, entryId: string): unknown {
  const entry = world.line.find((each) => each.entryId === entryId);
  if (entry === undefined) return no('waitlist_unknown');
  if (entry.status !== 'waiting' && entry.status !== 'offered') return yes();
  finish(world, entryId, 'left', 'released');
  serve(world, [entry.typeId]);
  return yes();
}
