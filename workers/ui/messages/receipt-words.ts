import type { Money } from '#shared/money/money.ts';
import { formatMoney } from '#shared/money/money.ts';
import { messages } from './en.ts';

type Charges = {
  readonly lines: readonly { readonly total: Money }[];
  readonly fee: Money;
  /** Contained in the total; its name is the country's, such as VAT, where it is known. */
  readonly tax: { readonly name: string; readonly amount: Money } | undefined;
  readonly total: Money;
};

type ReceiptWords = {
  /** Rows between the tickets and the total: name and price. */
  readonly extras: readonly (readonly [name: string, price: string])[];
  /** Said under the total: a tax that is already in the prices is no row, or the rows would not add up. */
  readonly note: string | undefined;
};

/** What an order costs besides its tickets. Whether tax was included or added shows in the sum itself. */
export function receiptWords({ lines, fee, tax, total }: Charges): ReceiptWords {
  const words = messages.storefront.receipt;
  const extras: [string, string][] = fee.amountMinor > 0 ? [[words.fee, formatMoney(fee)]] : [];
  if (tax === undefined || tax.amount.amountMinor === 0) return { extras, note: undefined };
  const untaxedMinor = lines.reduce((sum, line) => sum + line.total.amountMinor, fee.amountMinor);
  const amount = formatMoney(tax.amount);
  return untaxedMinor === total.amountMinor
    ? { extras, note: words.taxIncluded(amount, tax.name) }
    : { extras: [...extras, [tax.name, amount]], note: undefined };
}
