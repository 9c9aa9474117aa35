import * as v from 'valibot';
import { itemsMax, type CartItem } from '#shared/cart/cart.ts';
import { contactSchema } from '#shared/people/contact.ts';
import { giftSchema } from '#shared/people/gift.ts';
import { codesPerOrder } from '#shared/pricing/promo-code.ts';
import { fail, ok, type Result } from '#shared/result.ts';

const name = v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/));
const quantity = v.number();
const listOf = <const Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.maxLength(itemsMax));

/** Tickets of one event, by its slug; or things of one business, by its slug. */
const sectionSchema = v.union([
  v.strictObject({
    event: name,
    lines: v.pipe(listOf(v.object({ typeId: name, quantity })), v.minLength(1)),
  }),
  v.strictObject({
    business: name,
    products: v.optional(listOf(v.object({ productId: name, quantity })), []),
    bundles: v.optional(listOf(v.object({ bundleId: name, quantity })), []),
  }),
]);

const aboutSchema = v.object({
  contact: contactSchema,
  codes: v.optional(v.pipe(v.array(v.string()), v.maxLength(codesPerOrder)), []),
  gift: v.optional(
    v.object({ ...giftSchema.entries, day: v.optional(v.string(), ''), hidesPrice: v.optional(v.boolean(), true) }),
  ),
});

/** One event needs no list of sections. */
export const orderSchema = v.union([
  v.object({ ...aboutSchema.entries, sections: v.pipe(listOf(sectionSchema), v.minLength(1)) }),
  v.object({ ...aboutSchema.entries, ...sectionSchema.options[0].entries }),
]);
export type OrderBody = v.InferOutput<typeof orderSchema>;
type Section = v.InferOutput<typeof sectionSchema>;

/** What a body asks for, each thing once: twice the same is a program's mistake, and which number it means is not ours to guess. */
export function itemsOf(body: OrderBody): Result<CartItem[], 'quantity_invalid'> {
  const sections: readonly Section[] = 'sections' in body ? body.sections : [{ event: body.event, lines: body.lines }];
  const items = sections.flatMap((section): CartItem[] => {
    if ('event' in section) {
      return section.lines.map(({ typeId: id, quantity: count }) => ({
        kind: 'ticket',
        of: section.event,
        id,
        quantity: count,
      }));
    }
    const of = section.business;
    return [
      ...section.products.map(({ productId: id, quantity: count }) => ({
        kind: 'product' as const,
        of,
        id,
        quantity: count,
      })),
      ...section.bundles.map(({ bundleId: id, quantity: count }) => ({
        kind: 'bundle' as const,
        of,
        id,
        quantity: count,
      })),
    ];
  });
  const names = new Set(items.map(({ kind, of, id }) => `${kind}/${of}/${id}`));
  return names.size < items.length || items.length === 0 ? fail('quantity_invalid') : ok(items);
}
