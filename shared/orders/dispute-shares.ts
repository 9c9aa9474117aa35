import type { SellerPart } from '../trail/entries.ts';
import type { Order } from './order.ts';

/**
 * Each seller's part of a disputed amount, by event and shop, as their lines cost of the whole order. Minor units that do not divide, and
 * the part of a top-up, are nobody's.
 */
export function partsBySeller({ snapshot }: Pick<Order, 'snapshot'>, amountMinor: number): SellerPart[] {
  const { sections, totalMinor } = snapshot;
  const sold = sections.filter(({ kind }) => kind !== 'wallet');
  return sold.flatMap(({ businessId, inventoryId, lines }) => {
    const soldMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
    const partMinor = totalMinor === 0 ? 0 : Math.floor((amountMinor * soldMinor) / totalMinor);
    return partMinor === 0 ? [] : [{ businessId, inventoryId, amountMinor: partMinor }];
  });
}
