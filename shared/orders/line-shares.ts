import { allocate, proportion } from '../pricing/allocate.ts';
import type { QuotedLine } from '../pricing/quote.ts';

/** What is about money in a line, or in a part of one. */
export type LineAmounts = Pick<
  QuotedLine,
  'quantity' | 'unitMinor' | 'discountMinor' | 'feeMinor' | 'taxMinor' | 'totalMinor'
>;

/**
 * A line's total by who supplies what: the seller its price, the platform its booking fee, each with the tax on it. The four
 * make the total, so whatever is summed from them (earnings, documents) agrees to the minor unit.
 */
export type LineShares = {
  readonly priceNetMinor: number;
  readonly priceTaxMinor: number;
  readonly feeNetMinor: number;
  readonly feeTaxMinor: number;
};

/** Where tax is included the fee contains its part of it; where it is added the fee is bare. Half a unit rounds up. */
export function sharesOfLine(line: LineAmounts): LineShares {
  const { feeMinor, taxMinor, totalMinor } = line;
  const taxedMinor = line.unitMinor * line.quantity - line.discountMinor + feeMinor;
  const feeTaxMinor = taxedMinor === 0 ? 0 : proportion(taxMinor, feeMinor, taxedMinor);
  const feeNetMinor = totalMinor > taxedMinor ? feeMinor : feeMinor - feeTaxMinor;
  const priceTaxMinor = taxMinor - feeTaxMinor;
  return { priceNetMinor: totalMinor - taxMinor - feeNetMinor, priceTaxMinor, feeNetMinor, feeTaxMinor };
}

/**
 * What goes back of a line whose earlier refunds came to these amounts: each is divided in the proportion of what is left of
 * the four, so that none is ever given back beyond itself, and refunds one by one come to those of the whole.
 */
export function sharesBack(line: QuotedLine, earlierMinor: readonly number[], backMinor: number): LineShares {
  const { priceNetMinor, priceTaxMinor, feeNetMinor, feeTaxMinor } = sharesOfLine(line);
  const left = earlierMinor.reduce(
    (rest, minor) => {
      const back = divided(minor, rest);
      return rest.map((share, index) => Math.max(0, share - (back[index] ?? 0)));
    },
    [priceNetMinor, priceTaxMinor, feeNetMinor, feeTaxMinor],
  );
  const [net = 0, tax = 0, fee = 0, feeTax = 0] = divided(backMinor, left);
  return { priceNetMinor: net, priceTaxMinor: tax, feeNetMinor: fee, feeTaxMinor: feeTax };
}

/** What is more than was left, its seller gives of its own: a bank may take what nobody owes it, and the order must go on. */
function divided(amountMinor: number, left: readonly number[]): number[] {
  const inAllMinor = left.reduce((sum, share) => sum + share, 0);
  const shares = allocate(Math.min(amountMinor, inAllMinor), left);
  return shares.map((share, index) => (index === 0 ? share + Math.max(0, amountMinor - inAllMinor) : share));
}

/** Each of a line's amounts in the same proportion; what is left of a minor unit stays with the price. */
export function partOfLine(line: QuotedLine, backMinor: number): LineAmounts {
  if (backMinor === line.totalMinor) return line;
  const part = (amountMinor: number) => Number((BigInt(amountMinor) * BigInt(backMinor)) / BigInt(line.totalMinor));
  const [feeMinor, taxMinor, discountMinor] = [part(line.feeMinor), part(line.taxMinor), part(line.discountMinor)];
  const isAdded = line.totalMinor > line.unitMinor * line.quantity - line.discountMinor + line.feeMinor;
  const priceMinor = backMinor - feeMinor - (isAdded ? taxMinor : 0);
  return {
    quantity: 1,
    unitMinor: priceMinor + discountMinor,
    discountMinor,
    feeMinor,
    taxMinor,
    totalMinor: backMinor,
  };
}
