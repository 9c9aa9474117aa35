import { fail, ok, type Result } from '../result.ts';
import type { EpochMs } from '../time.ts';
import { needsEntitlement, ticketTypeOf, type EventRules, type TicketType } from './rules.ts';

/** One counter of something limited. Invariant I1: held + sold never exceeds capacity. */
export type Stock = { readonly capacity: number; readonly held: number; readonly sold: number };

/**
 * Stocks are named `type:<id>` (tickets of a type) and `pool:<id>` (people in a shared space); in a business's own inventory
 * `product:<id>` and `promo:<id>` (uses of a promotion).
 */
export type StockId = `${'type' | 'pool' | 'product' | 'promo'}:${string}`;

export type HoldLine = { readonly typeId: string; readonly quantity: number };

export type Draw = { readonly stockId: StockId; readonly quantity: number };

export type HoldRefusal =
  | 'event_cancelled'
  | 'ticket_type_unknown'
  | 'quantity_invalid'
  | 'order_limit_exceeded'
  | 'sale_not_open'
  | 'sale_closed'
  | 'customer_limit_exceeded'
  | 'entitlement_needed'
  | 'entitlement_used_up'
  | 'companion_alone'
  | 'sold_out';

/** What a hold depends on beside the rules: how stocks stand, and what its customer has and may take. */
export type HoldFacts = {
  readonly stockOf: (id: StockId) => Stock;
  /** Tickets of the type this customer holds or bought. */
  readonly takenOf: (typeId: string) => number;
  /** Uses left of what entitles this customer to the type; undefined without any. */
  readonly entitledTo: (typeId: string) => number | undefined;
};

export function left(stock: Stock): number {
  return Math.max(0, stock.capacity - stock.held - stock.sold);
}

/** Every stock the rules define, with its capacity. */
export function stocksOf(rules: EventRules): { stockId: StockId; capacity: number }[] {
  return [
    ...rules.ticketTypes.map((type) => ({ stockId: typeStock(type.id), capacity: type.capacity })),
    ...rules.pools.map((pool) => ({ stockId: poolStock(pool.id), capacity: pool.capacity })),
  ];
}

export function typeStock(typeId: string): StockId {
  return `type:${typeId}`;
}

export function poolStock(poolId: string): StockId {
  return `pool:${poolId}`;
}

/** What some tickets of a type take: a ticket from the type, and a place for each person from each shared pool. */
export function drawsOfType(type: TicketType, quantity: number): Draw[] {
  return [
    { stockId: typeStock(type.id), quantity },
    ...type.pools.map((pool) => ({ stockId: poolStock(pool), quantity: quantity * type.admits })),
  ];
}

/** How many tickets of a type could be held now. */
export function ticketsLeft(type: TicketType, stockOf: (id: StockId) => Stock): number {
  return Math.min(...drawsOfType(type, 1).map((draw) => Math.floor(left(stockOf(draw.stockId)) / draw.quantity)));
}

/** All or nothing over every line: what the hold takes from each stock, or the first reason why not. */
export function decideHold(
  rules: EventRules,
  lines: readonly HoldLine[],
  facts: HoldFacts,
  now: EpochMs,
): Result<Draw[], HoldRefusal> {
  if (rules.status === 'cancelled') return fail('event_cancelled');
  const legal = checkLines(rules, lines, now);
  if (!legal.ok) return legal;
  const entitled = checkCustomer(rules, lines, facts);
  if (!entitled.ok) return entitled;
  return takeStock(rules, lines, facts.stockOf);
}

/** The draws of lines that were legal once, if there is room for all of them. */
export function takeStock(
  rules: EventRules,
  lines: readonly HoldLine[],
  stockOf: (id: StockId) => Stock,
): Result<Draw[], 'sold_out'> {
  const total = drawsOfLines(rules, lines);
  for (const draw of total) {
    if (left(stockOf(draw.stockId)) < draw.quantity) return soldOut(rules, lines, stockOf);
  }
  return ok(total);
}

/** What lines take from each stock; lines of types the rules no longer know take nothing. */
export function drawsOfLines(rules: EventRules, lines: readonly HoldLine[]): Draw[] {
  return sumDraws(
    lines.flatMap(({ typeId, quantity }) => {
      const type = ticketTypeOf(rules, typeId);
      return type === undefined ? [] : drawsOfType(type, quantity);
    }),
  );
}

function checkLines(rules: EventRules, lines: readonly HoldLine[], now: EpochMs): Result<undefined, HoldRefusal> {
  if (lines.length === 0 || lines.length > rules.ticketTypes.length) return fail('quantity_invalid');
  const seen = new Set<string>();
  for (const { typeId, quantity } of lines) {
    const type = ticketTypeOf(rules, typeId);
    if (type === undefined) return fail('ticket_type_unknown');
    if (seen.has(typeId) || !Number.isSafeInteger(quantity) || quantity < 1) return fail('quantity_invalid');
    seen.add(typeId);
    if (quantity > type.perOrderMax) return fail('order_limit_exceeded', { type: type.name, max: type.perOrderMax });
    if (now < type.sale.from) return fail('sale_not_open', { type: type.name, opensAtMs: type.sale.from });
    if (now >= type.sale.until) return fail('sale_closed', { type: type.name });
  }
  return ok();
}

/** Limits that are about who asks: how many one customer may have, and tickets that are not for everybody. */
function checkCustomer(
  rules: EventRules,
  lines: readonly HoldLine[],
  { takenOf, entitledTo }: HoldFacts,
): Result<undefined, HoldRefusal> {
  for (const { typeId, quantity } of lines) {
    const type = ticketTypeOf(rules, typeId);
    if (type === undefined) return fail('ticket_type_unknown');
    const taken = takenOf(typeId);
    if (taken + quantity > type.perCustomerMax) {
      return fail('customer_limit_exceeded', { type: type.name, max: type.perCustomerMax, taken });
    }
    if (needsEntitlement(type)) {
      const uses = entitledTo(typeId);
      if (uses === undefined) return fail('entitlement_needed', { type: type.name });
      if (uses < quantity) return fail('entitlement_used_up', { type: type.name, left: uses });
    }
    if (type.companionOf !== undefined && !isAccompanied(lines, type.companionOf, quantity)) {
      const main = ticketTypeOf(rules, type.companionOf);
      return fail('companion_alone', { type: type.name, main: main?.name ?? type.companionOf });
    }
  }
  return ok();
}

/** One companion a main ticket, in the same order. */
function isAccompanied(lines: readonly HoldLine[], mainTypeId: string, companions: number): boolean {
  return companions <= (lines.find(({ typeId }) => typeId === mainTypeId)?.quantity ?? 0);
}

function soldOut(
  rules: EventRules,
  lines: readonly HoldLine[],
  stockOf: (id: StockId) => Stock,
): Result<never, 'sold_out'> {
  for (const line of lines) {
    const type = ticketTypeOf(rules, line.typeId);
    if (type === undefined) continue;
    const available = ticketsLeft(type, stockOf);
    if (available < line.quantity) return fail('sold_out', { type: type.name, left: available });
  }
  // Each line would fit alone, but together they overrun a pool they share.
  return fail('sold_out', { type: rules.title, left: 0 });
}

function sumDraws(draws: readonly Draw[]): Draw[] {
  const total = new Map<StockId, number>();
  for (const { stockId, quantity } of draws) total.set(stockId, (total.get(stockId) ?? 0) + quantity);
  return [...total].map(([stockId, quantity]) => ({ stockId, quantity }));
}
