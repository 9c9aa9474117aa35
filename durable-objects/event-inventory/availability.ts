import type { EventRules } from '#shared/inventory/rules.ts';
import { left, ticketsLeft } from '#shared/inventory/stock.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { InventoryContext } from './context.ts';
import type { AppliedRules } from './rules-in-force.ts';

/** How many are left: tickets by type, or of a shop its products by id. */
export type Availability = { readonly rulesVersion: number; readonly left: Readonly<Record<string, number>> };

const none = { capacity: 0, held: 0, sold: 0 };

/** From the counters, without a turn in a group. `event`: the rules in force, where this is an event's inventory. */
export function availabilityOf(
  { shop, stock }: InventoryContext,
  event: { readonly rules: EventRules | undefined; readonly version: AppliedRules | undefined },
): Result<Availability, 'event_not_on_sale'> {
  const { rules, version } = event;
  if (rules !== undefined && version !== undefined) {
    const stocks = stock.all();
    const types = rules.ticketTypes.map(
      (type) => [type.id, ticketsLeft(type, (id) => stocks.get(id) ?? none)] as const,
    );
    return ok({ rulesVersion: version.version, left: Object.fromEntries(types) });
  }
  const [goods, applied] = [shop.current(), shop.version()];
  if (goods === undefined || applied === undefined) return fail('event_not_on_sale');
  const stocks = stock.all();
  const products = goods.products.map(({ id }) => [id, left(stocks.get(`product:${id}`) ?? none)] as const);
  return ok({ rulesVersion: applied.version, left: Object.fromEntries(products) });
}
