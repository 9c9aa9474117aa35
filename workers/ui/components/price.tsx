import type { Money } from '#shared/money/money.ts';
import { formatMoney } from '#shared/money/money.ts';
import { messages } from '../messages/en.ts';
import { priceText } from '../messages/prices.ts';

const words = messages.storefront.price;

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
