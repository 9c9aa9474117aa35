import * as v from 'valibot';
import { findCart, noteInCart, writeCart, writeMergedCart } from '#d1/queries/carts.ts';
import { cartSchema, emptyCart, keyOf, mergeCarts, type Cart, type CartItem, type MaxOf } from '#shared/cart/cart.ts';
import { ticketTypeOf } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import type { Choice } from './load-choice.ts';
import { loadChoice } from './load-choice.ts';

/** `person/<id>`, or `guest/` and the digest of the browser's cookie. */
export type CartOwner = `person/${string}` | `guest/${string}`;

export type KeptCart = { readonly cart: Cart; readonly version: number };

/** Tabs that change one cart at the same moment wait for one another so many times. */
const triesMax = 4;

/** A cart nobody has yet is an empty one. What cannot be read any more, after a change of its form, is let go of. */
export async function readCart({ db }: Services, owner: CartOwner | undefined): Promise<KeptCart> {
  const row = owner === undefined ? undefined : await findCart(db, owner);
  if (row === undefined) return { cart: emptyCart, version: 0 };
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), cartSchema), row.content);
  return { cart: parsed.success ? parsed.output : emptyCart, version: row.version };
}

/**
 * Changes a cart as it is when the change is written: another tab's change in between is kept, and this one made again on
 * top of it. `seen` is the version a page was drawn from, where a change makes sense on that alone.
 */
export async function changeCart(
  services: Services,
  owner: CartOwner,
  change: (cart: Cart) => Cart,
  seen?: number,
): Promise<Result<KeptCart, 'cart_changed' | 'temporarily_unavailable'>> {
  const { db, clock } = services;
  for (let tries = 0; tries < triesMax; tries += 1) {
    const { cart, version } = await readCart(services, owner);
    if (seen !== undefined && seen !== version) return fail('cart_changed');
    const changed = change(cart);
    const content = JSON.stringify(changed);
    if (await writeCart(db, { owner, content, from: version, nowMs: clock() })) {
      return ok({ cart: changed, version: version + 1 });
    }
  }
  return fail('temporarily_unavailable');
}

/**
 * What a guest chose comes along when they sign in, as far as one order may have it, and once: a second tab that does the
 * same finds the guest's cart gone. False where both carts stand as they were: the next look tries again.
 */
export async function mergeGuestCart(services: Services, owner: CartOwner, guest: CartOwner): Promise<boolean> {
  const { db, clock } = services;
  for (let tries = 0; tries < triesMax; tries += 1) {
    const [own, brought] = await Promise.all([readCart(services, owner), readCart(services, guest)]);
    if (brought.version === 0) return true;
    const merged = mergeCarts(own.cart, brought.cart, await limitsOf(services, brought.cart.items));
    const write = { owner, content: JSON.stringify(merged), from: own.version, nowMs: clock() };
    if (await writeMergedCart(db, write, { owner: guest, version: brought.version })) return true;
  }
  return false;
}

/** The most one order may have of each thing, by the rules in force; unknown while the catalogue does not answer. */
export async function limitsOf(services: Services, items: readonly CartItem[]): Promise<MaxOf> {
  const choice = await loadChoice(services, { items, codes: [] });
  return (item) => (choice.ok ? maxPerOrder(choice.value, item) : undefined);
}

export function maxPerOrder({ sales, shops }: Pick<Choice, 'sales' | 'shops'>, item: CartItem): number | undefined {
  const shop = shops.find(({ business }) => business.slug === item.of);
  if (item.kind === 'ticket') {
    const sale = sales.find(({ event }) => event.slug === item.of);
    return sale && ticketTypeOf(sale.rules, item.id)?.perOrderMax;
  }
  const maxOfProduct = (id: string) => shop?.rules.products.find((each) => each.id === id)?.perOrderMax;
  if (item.kind === 'product') return maxOfProduct(item.id);
  const bundle = shop?.rules.bundles.find(({ id }) => id === item.id);
  const event = sales.find(({ rules }) => rules.eventId === bundle?.eventId);
  if (bundle === undefined || event === undefined) return undefined;
  const parts = [
    ...bundle.tickets.map(({ typeId, quantity }) => (ticketTypeOf(event.rules, typeId)?.perOrderMax ?? 0) / quantity),
    ...bundle.products.map(({ productId, quantity }) => (maxOfProduct(productId) ?? 0) / quantity),
  ];
  return Math.floor(Math.min(...parts));
}

/** Notes what each thing costs now, so that a later look can tell what changed. No change of the cart: its version stays. */
export async function notePrices(
  { db }: Services,
  owner: CartOwner,
  { cart, version }: KeptCart,
  prices: ReadonlyMap<string, number>,
): Promise<void> {
  const items = cart.items.map((item) => ({ ...item, seenMinor: prices.get(keyOf(item)) ?? item.seenMinor }));
  await noteInCart(db, { owner, version, content: JSON.stringify({ ...cart, items }) });
}
