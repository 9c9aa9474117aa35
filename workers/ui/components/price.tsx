import type { Money } from '#shared/money/money.ts';
import { formatMoney } from '#shared/money/money.ts';
import { messages } from '../messages/en.ts';

const words = messages.storefront.price;

/** Zero is a word, not a number. */
export function priceText(price: Money): string {
  return price.amountMinor === 0 ? words.free : formatMoney(price);
}

/** The price, with the one it replaces struck through; the words in between are for those who cannot see the line. */
export function Price({ price, compareAt }: { price: Money; compareAt?: Money | undefined }) {
  if (compareAt === undefined) return <span class="price">{priceText(price)}</span>;
  return (
    <span class="price">
      <span class="hidden">{words.now}</span> {priceText(price)}{' '}
      <s>
        <span class="hidden">{words.before}</span> {formatMoney(compareAt)}
      </s>
    </span>
  );
}
