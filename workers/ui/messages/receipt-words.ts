import type { Money } from '#shared/money/money.ts';
import { formatMoney } from '#shared/money/money.ts';
import { messages } from './en.ts';

type Sums = {
  /** All lines at list price. */
  readonly listed: Money;
  readonly savings: readonly { readonly name: string; readonly amount: Money }[];
  readonly fee: Money;
  /** Contained in the total; its name is the country's, such as VAT, where it is known. */
  readonly tax: { readonly name: string; readonly amount: Money } | undefined;
  readonly total: Money;
};

type ReceiptWords = {
  /** Rows between the lines and the total: name and price. */
  readonly extras: readonly (readonly [name: string, price: string])[];
  /** Said under the total: a tax that is already in the prices is no row, or the rows would not add up. */
  readonly note: string | undefined;
};

/**
 * What an order costs besides its lines, and less. Whether tax was included or added shows in the sum itself; where some of
 * it was added and some included, what was added is a row and the whole is the note.
 */
export function receiptWords({ listed, savings, fee, tax, total }: Sums): ReceiptWords {
  const words = messages.storefront.receipt;
  const extras: [string, string][] = [
    ...savings.map(({ name, amount }): [string, string] => [name, words.off(formatMoney(amount))]),
    ...(fee.amountMinor > 0 ? [[words.fee, formatMoney(fee)] as [string, string]] : []),
  ];
  if (tax === undefined || tax.amount.amountMinor === 0) return { extras, note: undefined };
  const savedMinor = savings.reduce((sum, { amount }) => sum + amount.amountMinor, 0);
  const addedMinor = total.amountMinor - (listed.amountMinor - savedMinor + fee.amountMinor);
  const isAllAdded = addedMinor === tax.amount.amountMinor;
  const note = isAllAdded ? undefined : words.taxIncluded(formatMoney(tax.amount), tax.name);
  if (addedMinor === 0) return { extras, note };
  const added = formatMoney({ ...tax.amount, amountMinor: addedMinor });
  return { extras: [...extras, [tax.name, added]], note };
}
