import type { Currency } from '../money/money.ts';
import { fail, ok, type Result } from '../result.ts';
import type { EpochMs } from '../time.ts';
import { feeOf, taxesOf, taxRuleOf, type Tax } from './charges.ts';
import { businessOf, leftOf, takeOffBundles, takeOffCodes, type RefusedCode } from './discounts.ts';
import { draftLines, type DraftLine, type DraftRefusal } from './draft-lines.ts';
import { quoteTtlMs, type Quote, type QuotedLine, type QuotedSection } from './quote.ts';
import type { Offers, Wanted } from './wanted.ts';

export type QuotedCart = {
  readonly quote: Quote;
  /** Codes that take nothing off, and why: the order goes on without them. */
  readonly refusedCodes: readonly RefusedCode[];
};

/**
 * What is wanted, priced: list prices, then discounts in their stated order (`discounts.ts`), then the booking fee on
 * tickets that still cost something, then tax on both. Amounts are kept by line, so that a refund of a line or of one
 * ticket needs no arithmetic of its own. The same things asked for in another order give the same quote.
 */
export function quoteCart(offers: Offers, wanted: Wanted, now: EpochMs): Result<QuotedCart, DraftRefusal> {
  const drafts = draftLines(offers, wanted);
  if (!drafts.ok) return drafts;
  const { currency, lines, bundles } = drafts.value;
  const { shops } = offers;
  const priced = takeOffCodes(takeOffBundles(lines, bundles), { shops, codeDigests: wanted.codeDigests, now });
  const sections = sectionsOf(priced.lines);
  const quote = { ...totalled(currency, sections), discounts: [...priced.discounts], expiresAtMs: now + quoteTtlMs };
  return ok({ quote, refusedCodes: priced.refused });
}

/** Money put into one's own wallet: no goods, no fee, no tax. */
export function quoteTopUp(amountMinor: number, currency: Currency, now: EpochMs): Result<Quote, 'quantity_invalid'> {
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) return fail('quantity_invalid');
  const line: QuotedLine = {
    lineId: 'l1',
    kind: 'top_up',
    itemId: 'top_up',
    name: '',
    accessLevel: '',
    quantity: 1,
    unitMinor: amountMinor,
    discountMinor: 0,
    feeMinor: 0,
    taxMinor: 0,
    totalMinor: amountMinor,
  };
  const section = {
    kind: 'wallet' as const,
    inventoryId: '',
    businessId: '',
    countryCode: '',
    rulesVersion: 0,
    lines: [line],
  };
  return ok({ ...totalled(currency, [section]), discounts: [], expiresAtMs: now + quoteTtlMs });
}

/** Lines come in order of their inventories, so a section is a run of them. */
function sectionsOf(drafts: readonly DraftLine[]): QuotedSection[] {
  const byInventory = Map.groupBy(drafts, inventoryOf);
  let lineNo = 0;
  return [...byInventory].map(([inventoryId, lines]) => {
    const taxed = lines.map((line) => ({ line, tax: taxRuleOf(line), feeMinor: feeOf(line) }));
    const taxes = taxesOf(taxed.map(({ line, tax, feeMinor }) => ({ tax, taxedMinor: leftOf(line) + feeMinor })));
    const quoted = taxed.map(({ line, tax, feeMinor }, index) => {
      const taxMinor = taxes[index] ?? 0;
      lineNo += 1;
      const addedMinor = tax?.mode === 'added' ? taxMinor : 0;
      return quotedLine(line, { lineId: `l${lineNo}`, feeMinor, taxMinor, addedMinor, tax });
    });
    return { ...headOf(lines[0], inventoryId), lines: quoted, ...named(taxed.map(({ tax }) => tax?.name)) };
  });
}

function quotedLine(
  line: DraftLine,
  {
    lineId,
    feeMinor,
    taxMinor,
    addedMinor,
    tax,
  }: { lineId: string; feeMinor: number; taxMinor: number; addedMinor: number; tax: Tax | undefined },
): QuotedLine {
  const { kind, itemId, name, accessLevel, bundleId, quantity, unitMinor, discountMinor } = line;
  return {
    lineId,
    kind,
    itemId,
    name,
    accessLevel,
    ...(bundleId !== undefined && { bundleId }),
    quantity,
    unitMinor,
    discountMinor,
    feeMinor,
    taxMinor,
    totalMinor: leftOf(line) + feeMinor + addedMinor,
    ...(tax !== undefined && { taxRule: tax }),
  };
}

function headOf(line: DraftLine | undefined, inventoryId: string): Omit<QuotedSection, 'lines' | 'taxName'> {
  if (line === undefined) throw new RangeError('A section has a line');
  const { kind, offer } = line.from;
  const { countryCode, rulesVersion } = offer;
  return { kind, inventoryId, businessId: businessOf(line), countryCode, rulesVersion };
}

function inventoryOf({ from }: DraftLine): string {
  return from.kind === 'event' ? from.offer.rules.eventId : from.offer.rules.businessId;
}

function totalled(currency: Currency, sections: QuotedSection[]): Omit<Quote, 'discounts' | 'expiresAtMs'> {
  const lines = sections.flatMap((section) => section.lines);
  const sum = (amountOf: (line: QuotedLine) => number): number =>
    lines.reduce((total, line) => total + amountOf(line), 0);
  return {
    currency,
    sections,
    feeMinor: sum(({ feeMinor }) => feeMinor),
    taxMinor: sum(({ taxMinor }) => taxMinor),
    totalMinor: sum(({ totalMinor }) => totalMinor),
    ...named(
      sections.filter(({ lines: own }) => own.some(({ taxMinor }) => taxMinor > 0)).map(({ taxName }) => taxName),
    ),
  };
}

/** The tax's name, where all that are taxed agree on one. */
function named(names: readonly (string | undefined)[]): { taxName?: string } {
  const [name, ...others] = new Set(names.filter((each) => each !== undefined));
  return name === undefined || others.length > 0 ? {} : { taxName: name };
}
