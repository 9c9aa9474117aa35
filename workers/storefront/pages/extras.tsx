import { formatMoney } from '#shared/money/money.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import type { ShopItem } from '#workers/ui/views.ts';

const words = messages.storefront.shop;
/** Few want more of a thing than this; who does changes the number in the cart. */
const listedMax = 5;

/** Things and bundles to order along, in the form around them. */
export function Extras({ items }: { items: readonly ShopItem[] }) {
  return (
    <ul class="extras">
      {items.map(({ field, name, description, price, apart, pictureUrl, most }) => (
        <li>
          {pictureUrl && <img src={pictureUrl} alt="" width="80" height="80" loading="lazy" />}
          <div>
            <b>{name}</b> <span class="price">{priceText(price)}</span> {apart && <s>{formatMoney(apart)}</s>}
            <p class="small">{description}</p>
          </div>
          <select name={field} aria-label={words.quantity(name)} autocomplete="off">
            {Array.from({ length: Math.min(most, listedMax) + 1 }, (_, count) => (
              <option>{count}</option>
            ))}
          </select>
        </li>
      ))}
    </ul>
  );
}
