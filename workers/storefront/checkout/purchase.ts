import { currencies, type Currency } from '#shared/money/money.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { cartOwner, showCount } from '#workers/http/cart-cookie.ts';
import { currentCart } from '#workers/storefront/current-cart.ts';
import { changeCart, type CartOwner } from '#workers/operations/cart.ts';
import type { EventForSale } from '#workers/operations/event-for-sale.ts';
import { loadChoice, type Chosen } from '#workers/operations/load-choice.ts';
import { currencyOf } from '#workers/operations/present-cart.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { countOf, keyOf, type CartItem } from '#shared/cart/cart.ts';
import { fieldPrefixes } from './fields.ts';

const words = messages.storefront.checkout;

/** What is about to be ordered, wherever it was chosen: on an event's page, or in the cart. One page serves both. */
export type Purchase = {
  readonly chosen: Chosen;
  readonly action: string;
  readonly back: { readonly label: string; readonly href: string };
  /** What is bought travels in the form; a cart's is read from the cart. */
  readonly isExpress: boolean;
  readonly isGift: boolean;
  /** The cart it comes from. */
  readonly owner?: CartOwner | undefined;
};

/** Chosen on an event's page. Codes were counted as tries when they were typed, and come back signed. */
export function expressPurchase(
  { event }: EventForSale,
  items: readonly CartItem[],
  codes: readonly string[],
): Purchase {
  const { slug } = event;
  return {
    chosen: { items, codes },
    action: pathTo('checkout', { slug }),
    back: { label: words.back, href: `${pathTo('event', { slug })}#tickets` },
    isExpress: true,
    isGift: false,
  };
}

/** What is in the cart, of one currency: an order has one, so a cart with several is ordered in several. */
export async function cartPurchase(
  c: AppContext,
): Promise<Result<Purchase, 'cart_empty' | 'currencies_mixed' | 'temporarily_unavailable'>> {
  const { cart } = await currentCart(c);
  const loaded = await loadChoice(c.var.services, { items: cart.items, codes: [] });
  if (!loaded.ok) return loaded;
  const byCurrency = Map.groupBy(
    cart.items.filter((item) => !loaded.value.gone.includes(item)),
    (item) => currencyOf(loaded.value, item),
  );
  if (byCurrency.size === 0) return fail('cart_empty');
  const asked = currencies.find((each) => each === c.req.query('currency'));
  const [only] = byCurrency.keys();
  const currency = asked ?? (byCurrency.size === 1 ? only : undefined);
  if (currency === undefined) {
    return fail('currencies_mixed', { currencies: [...byCurrency.keys()].join(', ') });
  }
  const items = byCurrency.get(currency) ?? [];
  if (items.length === 0) return fail('cart_empty');
  return ok({
    chosen: { items, codes: cart.codes },
    action: `${pathTo('cartCheckout')}?currency=${currency satisfies Currency}`,
    back: { label: words.backToCart, href: pathTo('cart') },
    isExpress: false,
    isGift: cart.isGift === true,
    owner: await cartOwner(c),
  });
}

/** What was ordered leaves the cart; what another tab put in meanwhile stays. */
export async function leaveCart(c: AppContext, { owner, chosen }: Purchase): Promise<void> {
  if (owner === undefined) return;
  const ordered = new Map(chosen.items.map((item) => [keyOf(item), item.quantity]));
  try {
    const left = await changeCart(c.var.services, owner, (cart) => {
      const items = cart.items.flatMap((item) => {
        const quantity = item.quantity - (ordered.get(keyOf(item)) ?? 0);
        return quantity < 1 ? [] : [{ ...item, quantity }];
      });
      return items.length === 0 ? { items, codes: [] } : { ...cart, items };
    });
    if (left.ok) showCount(c, countOf(left.value.cart));
  } catch (error) {
    // The order stands; a cart that still shows what was ordered is a nuisance and no more.
    console.error('a cart was not emptied', error);
  }
}

/** Fields that say what is bought, where no cart does. */
export function hiddenFields({
  chosen,
  isExpress,
}: Pick<Purchase, 'chosen' | 'isExpress'>): { name: string; value: string }[] {
  if (!isExpress) return [];
  return chosen.items.map(({ kind, id, quantity }) => ({
    name: `${fieldPrefixes[kind]}_${id}`,
    value: String(quantity),
  }));
}
