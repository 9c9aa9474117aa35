import * as v from 'valibot';
import type { CartItem } from '#shared/cart/cart.ts';
import type { Contact } from '#shared/orders/order.ts';
import { contactSchema } from '#shared/people/contact.ts';
import { giftMessageMax, giftSchema } from '#shared/people/gift.ts';
import { mailedNameSchema } from '#shared/people/mailed-words.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { CheckoutField, CheckoutView, GiftValues } from '#workers/ui/views.ts';

const words = messages.storefront.checkout;

/** `q_<type>`, `p_<product>` and `b_<bundle>`: how many of each a page asked for. */
const quantityField = /^([qpb])_([\w-]{1,80})$/;
const kinds = { q: 'ticket', p: 'product', b: 'bundle' } as const;
export const fieldPrefixes = { ticket: 'q', product: 'p', bundle: 'b' } as const;

export type Fields = Readonly<Record<string, string>>;

/** What was typed, as far as it can be shown again. */
export type Typed = {
  readonly values: CheckoutView['values'];
  readonly gift: GiftValues;
  readonly fieldErrors: CheckoutView['fieldErrors'];
};

export const nothingTyped: Omit<Typed, 'values'> = {
  gift: { isGift: false, name: '', email: '', day: '', message: '', hidesPrice: true },
  fieldErrors: {},
};

export async function readForm(c: AppContext): Promise<Fields> {
  // What cannot be read as a form has no fields: it is refused for what is missing.
  const body: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Every quantity field that asks for something of an event, or of the business that holds it. */
export function readQuantities(
  fields: Fields,
  of: { readonly event: string; readonly shop: string },
): Result<CartItem[], 'quantity_invalid'> {
  const items: CartItem[] = [];
  for (const [name, text] of Object.entries(fields)) {
    const [, prefix, id] = quantityField.exec(name) ?? [];
    if (prefix === undefined || id === undefined || text === '' || text === '0') continue;
    if (!/^\d{1,4}$/.test(text) || Number(text) === 0) return fail('quantity_invalid');
    const kind = kinds[prefix as keyof typeof kinds];
    items.push({ kind, of: kind === 'ticket' ? of.event : of.shop, id, quantity: Number(text) });
  }
  return items.length === 0 ? fail('quantity_invalid') : ok(items);
}

export function typedIn(form: Fields): Typed {
  return {
    values: { name: form['name'] ?? '', email: form['email'] ?? '' },
    gift: {
      isGift: form['gift'] !== undefined,
      name: form['gift_name'] ?? '',
      email: form['gift_email'] ?? '',
      day: form['gift_day'] ?? '',
      message: (form['gift_message'] ?? '').slice(0, giftMessageMax * 2),
      hidesPrice: form['gift_prices'] === undefined,
    },
    fieldErrors: {},
  };
}

/** Who orders and for whom, or what is wrong with it, by field. */
export function introduce({ values, gift }: Typed): { contact: Contact } | { errors: CheckoutView['fieldErrors'] } {
  const contact = v.safeParse(contactSchema, values);
  const given = gift.isGift ? v.safeParse(giftSchema, gift) : undefined;
  // The giver's name stands in the gift's mail.
  const hasLink = gift.isGift && contact.success && !v.is(mailedNameSchema, values.name);
  const wrong = new Set<CheckoutField>([
    ...(contact.success ? [] : contact.issues.map((issue) => v.getDotPath(issue) as CheckoutField)),
    ...(given === undefined || given.success
      ? []
      : given.issues.map((issue) => `gift_${v.getDotPath(issue)}` as CheckoutField)),
    ...(hasLink ? (['name'] as const) : []),
  ]);
  if (wrong.size > 0 || !contact.success || given?.success === false) {
    return { errors: Object.fromEntries([...wrong].map((field) => [field, words.fieldErrors[field]])) };
  }
  return { contact: { ...contact.output, gift: given?.output } };
}
