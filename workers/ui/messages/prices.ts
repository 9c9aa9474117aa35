import type { Money } from '#shared/money/money.ts';
import { formatMoney } from '#shared/money/money.ts';
import { messages } from './en.ts';

/** Zero is a word, not a number. */
export function priceText(price: Money): string {
  return price.amountMinor === 0 ? messages.storefront.price.free : formatMoney(price);
}
