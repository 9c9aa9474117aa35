/**
 * Divides an amount in the proportion of weights without losing or inventing a minor unit: everybody gets their whole
 * part, and what is left over goes, one unit each, to the largest fractions; of equal ones the earlier is served first
 * (largest remainder, also known as Hare–Niemeyer). Nobody gets more than their weight while the amount is not more than
 * all weights together, which is why a discount that is divided this way never exceeds the price of a line.
 *
 * Amounts are whole and not negative; something can be divided only among weights that are not all zero.
 */
export function allocate(totalMinor: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (totalMinor === 0) return weights.map(() => 0);
  if (sum <= 0) throw new RangeError('Nothing to divide an amount among');
  // A total times a weight may exceed what a number holds exactly.
  const [total, all] = [BigInt(totalMinor), BigInt(sum)];
  const shares = weights.map((weight, index) => {
    const product = total * BigInt(weight);
    return { index, whole: Number(product / all), rest: product % all };
  });
  const leftOver = totalMinor - shares.reduce((given, { whole }) => given + whole, 0);
  const served = shares
    .toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
    .slice(0, leftOver);
  const isServed = new Set(served.map(({ index }) => index));
  return shares.map(({ index, whole }) => whole + (isServed.has(index) ? 1 : 0));
}

/** What each of so many equal things costs, so that all of them together cost exactly the total. */
export function allocateEvenly(totalMinor: number, quantity: number): number[] {
  return allocate(
    totalMinor,
    Array.from({ length: quantity }, () => 1),
  );
}

/** `amount × numerator / denominator` in whole minor units; half a unit rounds up. */
export function proportion(amountMinor: number, numerator: number, denominator: number): number {
  const [over, under] = [BigInt(amountMinor) * BigInt(numerator), BigInt(denominator)];
  return Number((over + under / 2n) / under);
}
