import * as v from 'valibot';
import { shopRulesSchema, type ShopRules } from '#shared/inventory/shop-rules.ts';
import { goodsOf } from '#shared/inventory/shop-stock.ts';
import type { StockId } from '#shared/inventory/stock.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { InventoryContext } from './context.ts';
import type { AppliedRules } from './rules-in-force.ts';

/**
 * A shop's document in force. An inventory is an event's or a business's: that it is no shop is found out once a life, so
 * that scans and holds of events pay nothing for it.
 */
export class ShopInForce {
  readonly #sql: SqlStorage;
  #isShop: boolean | undefined;
  #parsed: { version: number; hash: string; rules: ShopRules } | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  isShop(): boolean {
    this.#isShop ??= this.version() !== undefined;
    return this.#isShop;
  }

  version(): AppliedRules | undefined {
    return this.#sql.exec<AppliedRules>('SELECT version, hash FROM shop_in_force').toArray()[0];
  }

  current(): ShopRules | undefined {
    const row = this.version();
    if (row === undefined) return undefined;
    // The hash too: a version that was parsed in a transaction that failed may come again with other content.
    const isParsed = this.#parsed?.version === row.version && this.#parsed.hash === row.hash;
    if (!isParsed) this.#parsed = { ...row, rules: this.#parse() };
    return this.#parsed?.rules;
  }

  put(version: number, hash: string, document: string): void {
    this.#sql.exec(
      `INSERT INTO shop_in_force (id, version, hash, document) VALUES (1, ?1, ?2, ?3)
       ON CONFLICT (id) DO UPDATE SET version = ?1, hash = ?2, document = ?3`,
      version,
      hash,
      document,
    );
    this.#isShop = undefined;
  }

  #parse(): ShopRules {
    const { document } = this.#sql.exec<{ document: string }>('SELECT document FROM shop_in_force').one();
    return v.parse(shopRulesSchema, JSON.parse(document));
  }
}

/**
 * Puts a shop's document in force: the same version and hash get the same answer, a lower version is ignored. A stock may not
 * be stated below what is held and sold of it. What is sold no more may go: it is held and counted to its end by what was
 * sold, and nobody gets any more of it.
 */
export function applyShop(
  context: InventoryContext,
  proposal: { version: number; hash: string; document: string },
): Result<AppliedRules, 'rules_invalid' | 'rules_conflict' | 'rules_below_sold'> {
  const { shop } = context;
  const { version, hash, document } = proposal;
  const inForce = shop.version();
  if (inForce !== undefined && version <= inForce.version) {
    const isConflict = version === inForce.version && hash !== inForce.hash;
    return isConflict ? fail('rules_conflict', { version: inForce.version }) : ok(inForce);
  }
  // An event's inventory stays one: their stocks have nothing to do with one another.
  if (context.rules() !== undefined) return fail('rules_invalid', { problem: 'this inventory is an event’s' });
  const parsed = parseShop(document);
  if (!parsed.ok) return parsed;
  const stocks = new Map<StockId, number>(goodsOf(parsed.value).map(({ stockId, capacity }) => [stockId, capacity]));
  const standing = context.stock.standing();
  for (const [stockId, { held, sold }] of standing) {
    const taken = held + sold;
    const capacity = stocks.get(stockId) ?? taken;
    if (capacity < taken) return fail('rules_below_sold', { stock: stockId, capacity, taken });
  }
  for (const { stockId, capacity } of goodsOf(parsed.value)) context.stock.setCapacity(stockId, capacity);
  for (const [stockId, { held, sold }] of standing) {
    if (!stocks.has(stockId)) context.stock.setCapacity(stockId, held + sold);
  }
  shop.put(version, hash, document);
  context.log.append({ kind: 'rules.applied', version, hash });
  return ok({ version, hash });
}

function parseShop(document: string): Result<ShopRules, 'rules_invalid'> {
  let value: unknown;
  try {
    value = JSON.parse(document);
  } catch {
    return fail('rules_invalid', { problem: 'the document is not JSON' });
  }
  const parsed = v.safeParse(shopRulesSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return fail('rules_invalid', { problem: `${v.getDotPath(issue) ?? 'document'}: ${issue.message}` });
  }
  const ids = [parsed.output.products, parsed.output.bundles, parsed.output.promos].map((list) =>
    list.map(({ id }) => id),
  );
  const isRepeated = ids.some((list) => new Set(list).size < list.length);
  return isRepeated ? fail('rules_invalid', { problem: 'an id is used twice' }) : ok(parsed.output);
}
