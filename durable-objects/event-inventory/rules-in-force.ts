import * as v from 'valibot';
import { checkReferences, checkStockSurvives, type RulesRefusal } from '#shared/inventory/rules-change.ts';
import { eventRulesSchema, type EventRules } from '#shared/inventory/rules.ts';
import { stocksOf } from '#shared/inventory/stock.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { InventoryContext } from './context.ts';
import { offerReturned } from './waitlist.ts';

type Row = { version: number; hash: string; document: string };

export type AppliedRules = { readonly version: number; readonly hash: string };

/** Reads the rules in force, which version once a group; parses the document only when it is not the one parsed last. */
export class RulesInForce {
  readonly #sql: SqlStorage;
  #inForce: AppliedRules | undefined;
  #parsed: { version: number; hash: string; rules: EventRules } | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  current(): EventRules | undefined {
    const row = this.version();
    if (row === undefined) return undefined;
    // The hash too: a version that was parsed in a transaction that failed may come again with other content.
    const isParsed = this.#parsed?.version === row.version && this.#parsed.hash === row.hash;
    if (!isParsed) this.#parsed = { ...row, rules: this.#parse() };
    return this.#parsed?.rules;
  }

  version(): AppliedRules | undefined {
    this.#inForce ??= this.#sql.exec<AppliedRules>('SELECT version, hash FROM rules_in_force').toArray()[0];
    return this.#inForce;
  }

  /** Before each group, and when what a group wrote was taken back. */
  forget(): void {
    this.#inForce = undefined;
  }

  #parse(): EventRules {
    const { document } = this.#sql.exec<Row>('SELECT version, hash, document FROM rules_in_force').one();
    return v.parse(eventRulesSchema, JSON.parse(document));
  }
}

/**
 * Puts a document in force. The same version and hash get the same answer; a lower version is ignored, because a late
 * message must not undo a newer edit; the same version with other content is a conflict.
 */
export function applyRules(
  context: InventoryContext,
  rulesInForce: RulesInForce,
  proposal: { version: number; hash: string; document: string },
): Result<AppliedRules, 'rules_invalid' | 'rules_conflict' | RulesRefusal> {
  const inForce = rulesInForce.version();
  if (inForce !== undefined && proposal.version <= inForce.version) {
    const isConflict = proposal.version === inForce.version && proposal.hash !== inForce.hash;
    return isConflict ? fail('rules_conflict', { version: inForce.version }) : ok(inForce);
  }
  const parsed = parseRules(proposal.document);
  if (!parsed.ok) return parsed;
  const before = context.rules();
  // Every code out there carries the number: another one would void them all.
  if (before !== undefined && before.eventNumber !== parsed.value.eventNumber) {
    return fail('rules_invalid', { problem: 'eventNumber: an event keeps its number' });
  }
  const existing = context.stock.standing();
  const survives = checkStockSurvives(parsed.value, before, existing);
  if (!survives.ok) return survives;
  const stocks = stocksOf(parsed.value);
  const kept = new Set(stocks.map(({ stockId }) => stockId));
  for (const { stockId, capacity } of stocks) context.stock.setCapacity(stockId, capacity);
  for (const stockId of existing.keys()) if (!kept.has(stockId)) context.stock.remove(stockId);
  const { version, hash, document } = proposal;
  context.sql.exec(
    `INSERT INTO rules_in_force (id, version, hash, document) VALUES (1, ?1, ?2, ?3)
     ON CONFLICT (id) DO UPDATE SET version = ?1, hash = ?2, document = ?3`,
    version,
    hash,
    document,
  );
  rulesInForce.forget();
  context.log.append({ kind: 'rules.applied', version, hash });
  const raised = parsed.value.ticketTypes.map(({ id }) => id);
  offerReturned(context, parsed.value, raised);
  return ok({ version, hash });
}

export function parseRules(document: string): Result<EventRules, 'rules_invalid'> {
  let value: unknown;
  try {
    value = JSON.parse(document);
  } catch {
    return fail('rules_invalid', { problem: 'the document is not JSON' });
  }
  const parsed = v.safeParse(eventRulesSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return fail('rules_invalid', { problem: `${v.getDotPath(issue) ?? 'document'}: ${issue.message}` });
  }
  const references = checkReferences(parsed.output);
  return references.ok ? ok(parsed.output) : references;
}
