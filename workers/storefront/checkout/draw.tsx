import { findEntryLink } from '#d1/queries/entry-links.ts';
import { needsEntitlement } from '#shared/inventory/rules.ts';
import type { Tender } from '#shared/orders/attempt.ts';
import type { Failure } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { readVia } from '#workers/http/entry-link.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { readOffer } from '#workers/http/waitlist-offer.ts';
import type { Choice } from '#workers/operations/load-choice.ts';
import { codeViews } from '#workers/operations/present-codes.ts';
import { amendRows, quoteReceipt } from '#workers/operations/present-quote.ts';
import { wayView } from '#workers/operations/present-ways.ts';
import { quoteOrder, sealQuote } from '#workers/operations/quote-order.ts';
import { findPlace } from '#workers/operations/waitlist.ts';
import { pathTo } from '#workers/routes.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import type { CheckoutView } from '#workers/ui/views.ts';
import { CheckoutPage } from '../pages/checkout.tsx';
import type { Typed } from './fields.ts';
import { daysOf } from './gift-days.ts';
import { offeredWays, valueOf } from './payment.ts';
import { hiddenFields, type Purchase } from './purchase.ts';

export type Drawing = {
  readonly purchase: Purchase;
  readonly choice: Choice;
  readonly idempotencyKey: string;
  readonly typed: Typed;
  readonly problem?: Failure | undefined;
  /** What is wrong with a code that was just typed. */
  readonly codeError?: string | undefined;
  /** The way to pay that was chosen before. */
  readonly way?: string | undefined;
};

/** The checkout with everything that was typed in it, and a fresh quote. */
export async function drawCheckout(c: AppContext, drawing: Drawing): Promise<Response> {
  const { services } = c.var;
  const { purchase, choice, typed, problem, codeError } = drawing;
  const priced = quoteOrder(services, choice);
  if (!priced.ok) return refuse(c, priced.failure, [purchase.back]);
  const { quote } = priced.value;
  const { currency, totalMinor } = quote;
  const ways = await offeredWays(c, totalMinor, currency);
  const view: CheckoutView = {
    ...about(purchase, choice, services.clock()),
    receipt: quoteReceipt(quote, choice, services.clock()),
    hidden: problem === undefined ? hiddenFields(purchase) : [],
    amend: problem !== undefined && purchase.isExpress ? amendRows(choice, purchase.chosen.items) : undefined,
    codes: await codeViews(choice, priced.value, purchase.chosen.codes),
    codeError,
    ways: ways.map((way) => wayView(way, currency)),
    chosenWay: chosenValue(ways, drawing.way),
    quote: await sealQuote(services, { quote, codes: [...purchase.chosen.codes] }),
    idempotencyKey: drawing.idempotencyKey,
    opened: await openedByLink(c, purchase, choice),
    waitlistUrl: problem?.code === 'sold_out' ? waitlistUrl(purchase, choice) : undefined,
    isOffer: (await carriedOffer(c, choice)) !== undefined,
    values: typed.values,
    gift: { ...typed.gift, isGift: typed.gift.isGift || purchase.isGift },
    fieldErrors: typed.fieldErrors,
    problem: problem === undefined ? undefined : problemOf(problem),
  };
  c.header('Cache-Control', 'no-store');
  const isWrong = codeError !== undefined || Object.keys(typed.fieldErrors).length > 0;
  const status = problem === undefined ? (isWrong ? 422 : 200) : problemOf(problem).status;
  return c.html(<CheckoutPage viewer={viewerOf(c)} checkout={view} />, status);
}

function about({ action, back }: Purchase, choice: Choice, now: number) {
  return { action, back, giftDays: daysOf(choice, now) };
}

function chosenValue(ways: readonly Tender[], asked: string | undefined): string {
  const known = ways.map(valueOf);
  return asked !== undefined && known.includes(asked) ? asked : (known[0] ?? '');
}

/** The waitlist offer this browser came with, and whom it was made to: only that address can take it. */
export async function carriedOffer(c: AppContext, { sales, wanted }: Choice): Promise<{ email: string } | undefined> {
  for (const { event } of sales) {
    const typeIds = wanted.tickets.filter(({ eventId }) => eventId === event.id).map(({ typeId }) => typeId);
    const offer = await readOffer(c, event.id, typeIds);
    if (offer === undefined) continue;
    const place = await findPlace(c.var.services, offer.entryId);
    return place.ok ? { email: place.value.contact.email } : undefined;
  }
  return undefined;
}

/** A type that only the link which brought this browser opens, when it is not among what is being bought. */
async function openedByLink(
  c: AppContext,
  { isExpress, chosen }: Purchase,
  { sales }: Choice,
): Promise<CheckoutView['opened']> {
  const [sale] = sales;
  if (!isExpress || sale === undefined || !sale.rules.ticketTypes.some(needsEntitlement)) return undefined;
  const via = await readVia(c, sale.event.id);
  if (via === undefined) return undefined;
  // Without the database the checkout goes on: the inventory knows what a link entitles to.
  const link = await findEntryLink(c.var.services.db, via).catch(() => undefined);
  const type = sale.rules.ticketTypes.find(({ id }) => id === link?.opensTypeId);
  if (type === undefined || chosen.items.some(({ id }) => id === type.id)) return undefined;
  const fields = hiddenFields({ chosen, isExpress });
  const query = new URLSearchParams(fields.map(({ name, value }) => [name, value]));
  query.set(`q_${type.id}`, '1');
  return { typeName: type.name, url: `${pathTo('checkout', { slug: sale.event.slug })}?${query.toString()}` };
}

function waitlistUrl({ chosen }: Purchase, { sales }: Choice): string | undefined {
  const tickets = chosen.items.filter(({ kind }) => kind === 'ticket');
  const [only, ...more] = tickets;
  const [sale, ...others] = sales;
  if (sale === undefined || others.length > 0) return undefined;
  const page = pathTo('waitlist', { slug: sale.event.slug });
  return only === undefined || more.length > 0 ? page : `${page}?type=${encodeURIComponent(only.id)}`;
}
