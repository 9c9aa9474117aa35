import type { EventRules } from '../inventory/rules.ts';
import { allocate, proportion } from './allocate.ts';
import { leftOf } from './discounts.ts';
import type { DraftLine } from './draft-lines.ts';

export type Tax = NonNullable<EventRules['tax']>;

const wholeBasisPoints = 10_000;

/**
 * The booking fee of a line: on each ticket that costs something after discounts, of what it costs then. Half a minor unit
 * rounds up, once a ticket, so that the fee never depends on how tickets are grouped.
 */
export function feeOf(line: DraftLine): number {
  const fee = line.from.kind === 'event' ? line.from.offer.rules.bookingFee : undefined;
  if (fee === undefined || line.quantity === 0) return 0;
  // A discounted line may not divide evenly: some tickets then cost one minor unit more than the others.
  const [low, more] = [Math.floor(leftOf(line) / line.quantity), leftOf(line) % line.quantity];
  const feeOn = (unitMinor: number): number =>
    unitMinor === 0 ? 0 : fee.fixedMinor + proportion(unitMinor, fee.basisPoints, wholeBasisPoints);
  return (line.quantity - more) * feeOn(low) + more * feeOn(low + 1);
}

/** One rate for an event's tickets and fee; a product may have its own. */
export function taxRuleOf({ from, itemId }: DraftLine): Tax | undefined {
  if (from.kind === 'event') return from.offer.rules.tax;
  return from.offer.rules.products.find(({ id }) => id === itemId)?.tax;
}

/**
 * The tax on each of a section's lines. It is rounded once for all lines under the same rule, as a tax office reads an
 * invoice, and then divided among them.
 */
export function taxesOf(lines: readonly { readonly tax: Tax | undefined; readonly taxedMinor: number }[]): number[] {
  const rules = new Set(lines.map(({ tax }) => keyOf(tax)));
  const taxes = lines.map(() => 0);
  for (const rule of rules) {
    const taxed = lines.map(({ tax, taxedMinor }) => (keyOf(tax) === rule ? taxedMinor : 0));
    const tax = lines.find((line) => keyOf(line.tax) === rule)?.tax;
    const sum = taxed.reduce((all, minor) => all + minor, 0);
    if (tax === undefined || sum === 0) continue;
    for (const [index, share] of allocate(taxOn(sum, tax), taxed).entries()) {
      taxes[index] = (taxes[index] ?? 0) + share;
    }
  }
  return taxes;
}

/** Contained in an amount, or added to it. */
export function taxOn(taxedMinor: number, { mode, basisPoints }: Tax): number {
  return proportion(taxedMinor, basisPoints, mode === 'added' ? wholeBasisPoints : wholeBasisPoints + basisPoints);
}

function keyOf(tax: Tax | undefined): string {
  return tax === undefined ? '' : `${tax.mode} ${tax.basisPoints} ${tax.name}`;
}
