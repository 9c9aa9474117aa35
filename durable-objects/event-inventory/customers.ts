import { needsEntitlement, ticketTypeOf, type EventRules } from '#shared/inventory/rules.ts';
import type { HoldLine } from '#shared/inventory/stock.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Sql } from '../common/group-sql.ts';
import { rowInserter } from '../common/insert-rows.ts';
import { RowBook } from '../common/row-book.ts';
import type { InventoryContext } from './context.ts';

/** What lets somebody take tickets that are not for everybody: so many of a type, until a time. */
export type Entitlement = {
  readonly entitlementId: string;
  readonly typeId: string;
  /** Uses in all. A repeat with a higher number raises it; it is never lowered below what was used. */
  readonly granted: number;
  readonly endsAtMs: EpochMs;
};

/** Tickets of a type that a customer holds or bought. Kept, so that the limit is checked without counting. */
export function takenBy({ books }: InventoryContext, customerId: string, typeId: string): number {
  return books.takes.get(takeKey(customerId, typeId))?.taken ?? 0;
}

export type TakeRow = { readonly customerId: string; readonly typeId: string; readonly taken: number };

/** Which row counts what a customer took of a type, as the book and its statement name it: JSON, so that no id can pose as two. */
export function takeKey(customerId: string, typeId: string): string {
  return JSON.stringify([customerId, typeId]);
}

const insertTakes = rowInserter(
  'customer_takes',
  ['customer_id', 'type_id', 'taken'],
  'ON CONFLICT (customer_id, type_id) DO UPDATE SET taken = excluded.taken',
);

export function takeBook(sql: Sql): RowBook<TakeRow> {
  return new RowBook<TakeRow>({
    table: 'customer_takes',
    keyOf: ({ customerId, typeId }) => takeKey(customerId, typeId),
    read: (keys) =>
      sql
        .exec<{ customerId: string; typeId: string; taken: number }>(
          `SELECT customer_id AS customerId, type_id AS typeId, taken
           FROM json_each(?) AS wanted CROSS JOIN customer_takes
           WHERE customer_id = wanted.value ->> 0 AND type_id = wanted.value ->> 1`,
          `[${keys.join(',')}]`,
        )
        .toArray(),
    write: (rows) => {
      insertTakes(
        sql,
        rows.map(({ customerId, typeId, taken }) => [customerId, typeId, taken]),
      );
    },
  });
}

export function countTaken(
  context: InventoryContext,
  customerId: string,
  lines: readonly HoldLine[],
  sign: 1 | -1,
): void {
  for (const { typeId, quantity } of lines) {
    // Tickets from before takes were kept are given back too: the count stops at none.
    const taken = Math.max(0, takenBy(context, customerId, typeId) + sign * quantity);
    context.books.takes.put({ customerId, typeId, taken });
  }
}

export function grantEntitlement(
  { sql, rules }: InventoryContext,
  { entitlementId, typeId, granted, endsAtMs }: Entitlement,
): Result<undefined> {
  const inForce = rules();
  if (inForce === undefined || ticketTypeOf(inForce, typeId) === undefined) return fail('ticket_type_unknown');
  if (!Number.isSafeInteger(granted) || granted < 1) return fail('quantity_invalid');
  sql.exec(
    `INSERT INTO entitlements (entitlement_id, type_id, granted, ends_at_ms) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (entitlement_id, type_id) DO UPDATE SET granted = MAX(used, ?3), ends_at_ms = ?4`,
    entitlementId,
    typeId,
    granted,
    endsAtMs,
  );
  return ok();
}

/** Uses left; undefined when this entitles to nothing now. */
export function entitlementLeft(
  { sql, now }: InventoryContext,
  entitlementId: string | undefined,
  typeId: string,
): number | undefined {
  if (entitlementId === undefined) return undefined;
  const [row] = sql
    .exec<{ left: number; endsAtMs: number }>(
      'SELECT granted - used AS left, ends_at_ms AS endsAtMs FROM entitlements WHERE entitlement_id = ? AND type_id = ?',
      entitlementId,
      typeId,
    )
    .toArray();
  return row === undefined || row.endsAtMs <= now() ? undefined : row.left;
}

/**
 * Counts the uses that lines take, or gives them back. Lines that need none count none. Whether a type needs any may have
 * been edited between the two, and a use too many given back would stop the sweep of expired holds for good: the count
 * stops at none.
 */
export function useEntitlement(
  { sql }: InventoryContext,
  rules: EventRules,
  entitlementId: string | undefined,
  lines: readonly HoldLine[],
  sign: 1 | -1,
): void {
  if (entitlementId === undefined) return;
  for (const { typeId, quantity } of lines) {
    const type = ticketTypeOf(rules, typeId);
    if (type === undefined || !needsEntitlement(type)) continue;
    sql.exec(
      'UPDATE entitlements SET used = MAX(0, used + ?) WHERE entitlement_id = ? AND type_id = ?',
      sign * quantity,
      entitlementId,
      typeId,
    );
  }
}
