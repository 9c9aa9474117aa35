import type { CartItem } from '#shared/cart/cart.ts';
import { needsEntitlement, ticketTypeOf } from '#shared/inventory/rules.ts';
import type { Failure } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import type { Choice } from './load-choice.ts';

/** How much is left in each inventory, by ticket type or product. One that does not answer says nothing. */
export type StockLeft = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** Asks every inventory a choice takes from, at once. */
export async function stockLeft(services: Services, { sales, shops }: Choice): Promise<StockLeft> {
  const ids = [...sales.map(({ event }) => event.id), ...shops.map(({ business }) => business.id)];
  const answers = await Promise.all(
    ids.map(async (id) => {
      try {
        const answer = await services.inventory(id).availability();
        return answer.ok ? ([[id, answer.value.left]] as const) : [];
      } catch (error) {
        console.error('an inventory did not say what is left', error);
        return [];
      }
    }),
  );
  return new Map(answers.flat());
}

/** Why a thing in a cart cannot be had as it stands, if it can't. The inventory decides; this only tells it early. */
export function whyNot(choice: Choice, left: StockLeft, item: CartItem, now: number): Failure | undefined {
  if (item.kind === 'ticket') {
    const sale = choice.sales.find(({ event }) => event.slug === item.of);
    return sale === undefined ? undefined : whyNoTicket(sale, left, item, item.quantity, now);
  }
  const shop = choice.shops.find(({ business }) => business.slug === item.of);
  if (shop === undefined) return undefined;
  const { rules } = shop;
  const ofProduct = (productId: string, quantity: number): Failure | undefined => {
    const stock = left.get(rules.businessId)?.[productId];
    const type = rules.products.find(({ id }) => id === productId)?.name ?? '';
    return stock !== undefined && stock < quantity ? { code: 'sold_out', facts: { type, left: stock } } : undefined;
  };
  if (item.kind === 'product') return ofProduct(item.id, item.quantity);
  const bundle = rules.bundles.find(({ id }) => id === item.id);
  const sale = choice.sales.find(({ event }) => event.id === bundle?.eventId);
  if (bundle === undefined || sale === undefined) return undefined;
  const parts = [
    ...bundle.tickets.map((part) =>
      whyNoTicket(sale, left, { ...item, id: part.typeId }, part.quantity * item.quantity, now),
    ),
    ...bundle.products.map((part) => ofProduct(part.productId, part.quantity * item.quantity)),
  ];
  return parts.find((each) => each !== undefined);
}

function whyNoTicket(
  { rules, event }: Choice['sales'][number],
  left: StockLeft,
  { id }: CartItem,
  quantity: number,
  now: number,
): Failure | undefined {
  const type = ticketTypeOf(rules, id);
  if (rules.status === 'cancelled') return { code: 'event_cancelled' };
  if (type === undefined) return { code: 'ticket_type_unknown' };
  if (now < type.sale.from) return { code: 'sale_not_open', facts: { type: type.name } };
  if (now >= type.sale.until) return { code: 'sale_closed', facts: { type: type.name } };
  if (quantity > type.perOrderMax) {
    return { code: 'order_limit_exceeded', facts: { type: type.name, max: type.perOrderMax } };
  }
  const stock = left.get(event.id)?.[id];
  // What is only for whoever was sent a link has a count of its own.
  if (stock === undefined || needsEntitlement(type)) return undefined;
  return stock < quantity ? { code: 'sold_out', facts: { type: type.name, left: stock } } : undefined;
}
