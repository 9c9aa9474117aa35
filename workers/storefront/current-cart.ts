import { countOf } from '#shared/cart/cart.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { cartOwner, forgetGuestCart, guestOwner, showCount } from '#workers/http/cart-cookie.ts';
import { mergeGuestCart, readCart, type KeptCart } from '#workers/operations/cart.ts';

/**
 * The cart of whoever looks. A browser that comes back signed in brings along what it chose as a guest: here, and not at the
 * many doors by which one can sign in.
 */
export async function currentCart(c: AppContext): Promise<KeptCart> {
  const { services, person } = c.var;
  const guest = person === undefined ? undefined : await guestOwner(c);
  if (person !== undefined && guest !== undefined) {
    if (await mergeGuestCart(services, `person/${person.personId}`, guest)) forgetGuestCart(c);
  }
  const kept = await readCart(services, await cartOwner(c));
  showCount(c, countOf(kept.cart));
  return kept;
}
