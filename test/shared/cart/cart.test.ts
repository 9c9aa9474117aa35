import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import {
  addItems,
  cartSchema,
  countOf,
  emptyCart,
  itemsMax,
  keyOf,
  mergeCarts,
  quantityMax,
  setQuantities,
  type Cart,
  type CartItem,
} from '#shared/cart/cart.ts';

const item = fc.record({
  kind: fc.constantFrom('ticket' as const, 'product' as const, 'bundle' as const),
  of: fc.constantFrom('expo', 'yard', 'ferry'),
  id: fc.integer({ min: 0, max: 20 }).map((id) => `thing-${id}`),
  quantity: fc.integer({ min: 1, max: quantityMax }),
});
const carts = fc.array(item, { maxLength: 30 }).map((items): Cart => addItems(emptyCart, items, () => undefined));
const limits = fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined });

const quantityOf = (cart: Cart, { kind, of, id }: Pick<CartItem, 'kind' | 'of' | 'id'>): number =>
  cart.items.find((each) => keyOf(each) === keyOf({ kind, of, id }))?.quantity ?? 0;

describe('two carts that become one', () => {
  it('have the sums of both, as far as one order may have them, and tell of everything that was cut', () => {
    fc.assert(
      fc.property(carts, carts, limits, (own, guest, max) => {
        const merged = mergeCarts({ ...own, cut: undefined }, guest, () => max);
        expect(v.is(cartSchema, merged)).toBe(true);
        for (const brought of guest.items) {
          const wanted = quantityOf(own, brought) + brought.quantity;
          const kept = quantityOf(merged, brought);
          const cut = merged.cut?.find((each) => keyOf(each) === keyOf(brought));
          expect(kept).toBeLessThanOrEqual(Math.min(max ?? quantityMax, quantityMax));
          expect(cut).toEqual(kept < wanted ? { ...brought, quantity: undefined, wanted, kept } : undefined);
        }
        for (const other of own.items) {
          if (quantityOf(guest, other) === 0) expect(quantityOf(merged, other)).toBe(other.quantity);
        }
      }),
    );
  });

  it('bring along codes and the wish to give, once each', () => {
    const own: Cart = { items: [], codes: ['A1B', 'C2D'] };
    const guest: Cart = { items: [], codes: ['C2D', 'E3F', 'G4H'], isGift: true };
    expect(mergeCarts(own, guest, () => undefined)).toMatchObject({ codes: ['A1B', 'C2D', 'E3F'], isGift: true });
  });
});

it('holds so many different things and no more, but more of those it has', () => {
  const things = Array.from({ length: itemsMax + 5 }, (_, id): CartItem => {
    return { kind: 'ticket', of: 'expo', id: `type-${id}`, quantity: 1 };
  });
  const full = addItems(emptyCart, things, () => undefined);
  expect(full.items).toHaveLength(itemsMax);
  expect(full.cut).toHaveLength(5);
  const again = addItems(full, things.slice(0, 1), () => undefined);
  expect(countOf(again)).toBe(itemsMax + 1);
  expect(again.cut).toBeUndefined();
});

it('forgets what is set to none, and takes no more than it can hold of anything', () => {
  const two = addItems(emptyCart, [{ kind: 'ticket', of: 'expo', id: 'day', quantity: 2 }], () => undefined);
  expect(setQuantities(two, new Map([['ticket/expo/day', 0]])).items).toEqual([]);
  expect(countOf(setQuantities(two, new Map([['ticket/expo/day', 9_999]])))).toBe(quantityMax);
  expect(setQuantities(two, new Map([['ticket/expo/other', 3]])).items).toEqual(two.items);
});
