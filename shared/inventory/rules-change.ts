import { fail, ok, type Result } from '../result.ts';
import { ticketTypeOf, type EventRules, type TicketType } from './rules.ts';
import { stocksOf, typeStock, type Stock, type StockId } from './stock.ts';

export type RulesRefusal = 'rules_below_sold' | 'rules_stock_removed' | 'rules_draws_changed' | 'rules_promise_broken';

/**
 * Whether a proposed document may replace the one in force. Lower versions are ignored by the caller; here a promise
 * already sold or held must survive: no stock may fall below what is taken from it, or vanish while something is.
 */
export function checkStockSurvives(
  proposed: EventRules,
  current: EventRules | undefined,
  existing: ReadonlyMap<StockId, Stock>,
): Result<undefined, RulesRefusal> {
  const next = new Map(stocksOf(proposed).map(({ stockId, capacity }) => [stockId, capacity]));
  for (const [stockId, stock] of existing) {
    const taken = stock.held + stock.sold;
    if (taken === 0) continue;
    const capacity = next.get(stockId);
    if (capacity === undefined) return fail('rules_stock_removed', { stock: stockId, taken });
    if (capacity < taken) {
      return fail('rules_below_sold', { stock: stockId, capacity, taken });
    }
  }
  const draws = checkDrawsStand(proposed, current, existing);
  return draws.ok ? checkPromisesStand(proposed, current, existing) : draws;
}

/**
 * What a ticket took when it was sold it must give back when it is refunded. So a type may not change which pools it
 * draws from, or how many people it admits, while any of it is held or sold.
 */
function checkDrawsStand(
  proposed: EventRules,
  current: EventRules | undefined,
  existing: ReadonlyMap<StockId, Stock>,
): Result<undefined, 'rules_draws_changed'> {
  for (const before of current?.ticketTypes ?? []) {
    const stock = existing.get(typeStock(before.id));
    const after = ticketTypeOf(proposed, before.id);
    if (stock === undefined || stock.held + stock.sold === 0 || after === undefined) continue;
    const isSame = before.admits === after.admits && before.pools.toSorted().join() === after.pools.toSorted().join();
    if (!isSame) return fail('rules_draws_changed', { type: before.name, taken: stock.held + stock.sold });
  }
  return ok();
}

/**
 * What a sold ticket opens and includes may grow, not shrink. When it is good may change either way: events are postponed,
 * and refunds answer that.
 */
function checkPromisesStand(
  proposed: EventRules,
  current: EventRules | undefined,
  existing: ReadonlyMap<StockId, Stock>,
): Result<undefined, 'rules_promise_broken'> {
  for (const before of current?.ticketTypes ?? []) {
    const stock = existing.get(typeStock(before.id));
    const after = ticketTypeOf(proposed, before.id);
    if (stock === undefined || stock.sold === 0 || after === undefined) continue;
    const broken = whatShrank(before, after);
    if (broken === undefined) continue;
    return fail('rules_promise_broken', { type: before.name, what: broken, sold: stock.sold });
  }
  return ok();
}

function whatShrank(before: TicketType, after: TicketType): string | undefined {
  const zone = before.zones.find((id) => !after.zones.includes(id));
  if (zone !== undefined) return `zone ${zone}`;
  const benefit = before.benefits.find(
    ({ id, quantity }) => (after.benefits.find((other) => other.id === id)?.quantity ?? 0) < quantity,
  );
  if (benefit !== undefined) return `benefit ${benefit.id}`;
  return entriesOf(after) < entriesOf(before) ? 'entries' : undefined;
}

/** Daily and re-entry tickets are measured by their windows, which may change. */
function entriesOf({ entry }: TicketType): number {
  if (entry.kind === 'count') return entry.entries;
  return entry.kind === 'single' ? 1 : Number.POSITIVE_INFINITY;
}

/** References inside the document that a schema cannot check: every zone, pool and bit it names exists once. */
export function checkReferences(rules: EventRules): Result<undefined, 'rules_invalid'> {
  const zones = new Set(rules.zones.map((zone) => zone.id));
  const gates = new Set(rules.gates.map((gate) => gate.id));
  const types = new Set(rules.ticketTypes.map((type) => type.id));
  const pools = new Set(rules.pools.map((pool) => pool.id));
  const problems = [
    ...repeated(rules.zones.map((zone) => zone.id)).map((id) => `zone ${id} is defined twice`),
    ...repeated(rules.zones.map((zone) => String(zone.bit))).map((bit) => `zone bit ${bit} is used twice`),
    ...repeated(rules.pools.map((pool) => pool.id)).map((id) => `pool ${id} is defined twice`),
    ...repeated(rules.gates.map((gate) => gate.id)).map((id) => `gate ${id} is defined twice`),
    ...repeated(rules.ticketTypes.map((type) => type.id)).map((id) => `ticket type ${id} is defined twice`),
    ...rules.gates.flatMap((gate) => missing(gate.zones, zones, `gate ${gate.id} names zone`)),
    ...rules.ticketTypes.flatMap((type) => [
      ...missing(type.zones, zones, `ticket type ${type.id} names zone`),
      ...missing(type.pools, pools, `ticket type ${type.id} names pool`),
      ...missing(type.companionOf === undefined ? [] : [type.companionOf], types, `ticket type ${type.id} accompanies`),
      ...type.benefits.flatMap((benefit) => missing(benefit.at ?? [], gates, `benefit ${benefit.id} names gate`)),
    ]),
  ];
  const first = problems[0];
  return first === undefined ? ok() : fail('rules_invalid', { problem: first });
}

function repeated(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function missing(names: readonly string[], known: ReadonlySet<string>, what: string): string[] {
  return names.filter((name) => !known.has(name)).map((name) => `${what} ${name}, which does not exist`);
}
