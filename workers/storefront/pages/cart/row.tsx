import { formatMoney } from '#shared/money/money.ts';
import { stockOf } from '#workers/ui/components/stock.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import type { CartRow } from '#workers/ui/views.ts';

const words = messages.storefront.cart;
/** Beyond this a list is longer than typing. */
const listedMax = 12;

export function CartItemRow({ row }: { row: CartRow }) {
  const { key, name, parts, paper, unit, total, quantity, apart, was, problem } = row;
  const id = key.replaceAll('/', '-');
  return (
    <li class={problem === undefined ? 'cart-row' : 'cart-row wrong'}>
      <div class={paper && `chip ${stockOf(paper.accessLevel, paper.tier)}`}>
        <h3 id={id}>{name}</h3>
        {parts.length > 0 && <p class="small">{words.contains(parts.join(', '))}</p>}
        {quantity > 1 && unit.amountMinor > 0 && <p class="small">{words.each(formatMoney(unit))}</p>}
        {was && <p class="small changed">{words.was(priceText(was), priceText(unit))}</p>}
        {problem && (
          <p class="error" role="status">
            {problem}
          </p>
        )}
      </div>
      <Quantity row={row} />
      <p class="cart-price">
        {priceText(total)}
        {apart && (
          <small>
            <s aria-hidden="true">{formatMoney(apart)}</s>
            <span class="hidden">{words.apart(formatMoney(apart))}</span>
          </small>
        )}
      </p>
      <button class="link" name="do" value={`remove:${key}`} aria-label={words.remove(name)}>
        {words.removeShort}
      </button>
    </li>
  );
}

function Quantity({ row: { key, name, quantity, most } }: { row: CartRow }) {
  const field = `n:${key}`;
  const label = words.quantity(name);
  if (most > listedMax) {
    return (
      <input name={field} type="number" aria-label={label} min="0" max={most} value={quantity} inputmode="numeric" />
    );
  }
  return (
    <select name={field} aria-label={label} autocomplete="off">
      {Array.from({ length: most + 1 }, (_, count) => (
        <option selected={count === quantity}>{count}</option>
      ))}
    </select>
  );
}
