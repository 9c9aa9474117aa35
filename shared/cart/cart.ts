import * as v from 'valibot';
import { codesPerOrder } from '../pricing/promo-code.ts';

/** As many different things as one cart holds: what a page shows at a glance, and one order can hold at once. */
export const itemsMax = 40;
/** Of one thing, whatever its own rules would allow. */
export const quantityMax = 50;

const name = v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/));

/**
 * Something chosen: a ticket type of an event, a product or a bundle of a business. `of` is the event's or the
 * business's slug.
 */
const cartItemSchema = v.object({
  kind: v.picklist(['ticket', 'product', 'bundle']),
  of: name,
  id: name,
  quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(quantityMax)),
  /**
   * What one cost when it was last shown, in minor units: only to tell that it costs something else now. No price is ever
   * made from it.
   */
  seenMinor: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
});

/** Something that could not be taken over whole. */
const cutSchema = v.object({
  kind: v.picklist(['ticket', 'product', 'bundle']),
  of: name,
  id: name,
  wanted: v.number(),
  kept: v.number(),
});

/** A cart as it is stored: what somebody chose, never what it costs. */
export const cartSchema = v.object({
  items: v.pipe(v.array(cartItemSchema), v.maxLength(itemsMax)),
  /** Promo codes, folded. */
  codes: v.pipe(v.array(v.string()), v.maxLength(codesPerOrder)),
  /** For somebody else: who, is asked at the checkout and not kept here. */
  isGift: v.optional(v.boolean()),
  /** What the last merge had to leave out, until the cart is changed again. */
  cut: v.optional(v.pipe(v.array(cutSchema), v.maxLength(itemsMax))),
});

export type CartItem = Readonly<v.InferOutput<typeof cartItemSchema>>;
export type CutItem = Readonly<v.InferOutput<typeof cutSchema>>;
export type Cart = {
  readonly items: readonly CartItem[];
  readonly codes: readonly string[];
  readonly isGift?: boolean | undefined;
  readonly cut?: readonly CutItem[] | undefined;
};

export const emptyCart: Cart = { items: [], codes: [] };

/** The most of a thing that one order may have; undefined where nobody knows the thing. */
export type MaxOf = (item: CartItem) => number | undefined;

export function keyOf({ kind, of, id }: Pick<CartItem, 'kind' | 'of' | 'id'>): string {
  return `${kind}/${of}/${id}`;
}

/** How many things are in it: the number beside its picture. */
export function countOf({ items }: Cart): number {
  return items.reduce((count, { quantity }) => count + quantity, 0);
}

/** Puts things in, on top of what is there, as far as one order may have them. `cut` says what did not fit. */
export function addItems(cart: Cart, added: readonly CartItem[], maxOf: MaxOf): Cart {
  const items = new Map(cart.items.map((item) => [keyOf(item), item]));
  const cut: CutItem[] = [];
  for (const item of added) {
    const known = items.get(keyOf(item));
    const wanted = (known?.quantity ?? 0) + item.quantity;
    const hasRoom = known !== undefined || items.size < itemsMax;
    const kept = hasRoom ? Math.min(wanted, maxOf(item) ?? quantityMax, quantityMax) : 0;
    if (kept < wanted) cut.push({ kind: item.kind, of: item.of, id: item.id, wanted, kept });
    if (kept > 0) items.set(keyOf(item), { ...item, quantity: kept });
  }
  return { ...cart, items: [...items.values()], cut: cut.length === 0 ? undefined : cut };
}

/** So many of a thing that is in the cart; none takes it out. */
export function setQuantities(cart: Cart, quantities: ReadonlyMap<string, number>): Cart {
  const items = cart.items.flatMap((item) => {
    const quantity = Math.min(quantities.get(keyOf(item)) ?? item.quantity, quantityMax);
    return quantity < 1 ? [] : [{ ...item, quantity }];
  });
  return { ...cart, items, cut: undefined };
}

/** A guest's cart joins the one of the person who signed in: sums, as far as one order may have them. */
export function mergeCarts(own: Cart, guest: Cart, maxOf: MaxOf): Cart {
  const merged = addItems(own, guest.items, maxOf);
  const codes = [...new Set([...own.codes, ...guest.codes])].slice(0, codesPerOrder);
  return { ...merged, codes, isGift: (own.isGift ?? guest.isGift) === true ? true : undefined };
}

export function addCode(cart: Cart, code: string): Cart {
  const codes = [...new Set([...cart.codes, code])].slice(0, codesPerOrder);
  return { ...cart, codes, cut: undefined };
}

export function removeCode(cart: Cart, code: string): Cart {
  return { ...cart, codes: cart.codes.filter((each) => each !== code), cut: undefined };
}
