import { byCard } from '#shared/orders/attempt.ts';
import type { Contact, Order } from '#shared/orders/order.ts';
import { giftAtMs } from '#shared/people/gift.ts';
import { codesPerOrder, foldCode } from '#shared/pricing/promo-code.ts';
import type { Failure } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { browserHash, browserKey } from '#workers/http/browser-id.ts';
import { readVia } from '#workers/http/entry-link.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { forgetOffer, readOffer } from '#workers/http/waitlist-offer.ts';
import { addCode, removeCode } from '#shared/cart/cart.ts';
import { changeCart } from '#workers/operations/cart.ts';
import { countGift } from '#workers/operations/gifts.ts';
import { loadChoice, whyGone, type Choice } from '#workers/operations/load-choice.ts';
import { placeOrder, type CameBy } from '#workers/operations/place-order.ts';
import { isHonoured, openQuote, quoteOrder } from '#workers/operations/quote-order.ts';
import { spendsOwn } from '#workers/operations/purse.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { tryCode } from '../try-code.ts';
import { drawCheckout, type Drawing } from './draw.tsx';
import { introduce, typedIn, type Fields, type Typed } from './fields.ts';
import { daysOf, firstEvent } from './gift-days.ts';
import { byCardAlone, chosenWay, offeredWays, onward } from './payment.ts';
import { leaveCart, type Purchase } from './purchase.ts';
import { repeatOf } from './repeat.ts';

const words = messages.storefront.checkout;

/** What the form's buttons do besides ordering. */
const applying = 'code';
const removing = /^remove-code:([0-9A-Z]{3,24})$/;

export async function submit(c: AppContext, purchase: Purchase, form: Fields, key: string): Promise<Response> {
  const { services } = c.var;
  const choice = await loadChoice(services, purchase.chosen);
  if (!choice.ok) return refuse(c, choice.failure);
  const gone = whyGone(choice.value);
  if (gone !== undefined) return refuse(c, gone, [purchase.back]);
  const drawing: Drawing = {
    purchase,
    choice: choice.value,
    idempotencyKey: key,
    typed: typedIn(form),
    way: form['pay'],
  };
  const [, removed] = removing.exec(form['do'] ?? '') ?? [];
  if (removed !== undefined) return withCodes(c, drawing, without(purchase.chosen.codes, removed));
  // Enter in the code's field presses the form's first button: what was typed there is never passed over in silence.
  if (form['do'] === applying || (form['code'] ?? '').trim() !== '') return applyCode(c, drawing, form['code'] ?? '');
  return order(c, drawing, form);
}

async function applyCode(c: AppContext, drawing: Drawing, typed: string): Promise<Response> {
  const { purchase, choice } = drawing;
  const tried = await tryCode(c, choice, purchase.chosen, typed);
  if (!tried.ok) return drawCheckout(c, { ...drawing, codeError: tried.words });
  return withCodes(c, drawing, [...purchase.chosen.codes, tried.code]);
}

/** The same page with other codes: kept in the cart, or in the signed quote where there is none. */
async function withCodes(c: AppContext, drawing: Drawing, codes: readonly string[]): Promise<Response> {
  const { owner, chosen } = drawing.purchase;
  const { services } = c.var;
  if (owner !== undefined) {
    const removed = chosen.codes.filter((code) => !codes.includes(code));
    await changeCart(services, owner, (cart) => codes.reduce(addCode, removed.reduce(removeCode, cart)));
  }
  const purchase = { ...drawing.purchase, chosen: { ...chosen, codes: [...new Set(codes)].slice(0, codesPerOrder) } };
  const choice = await loadChoice(services, purchase.chosen);
  return choice.ok ? drawCheckout(c, { ...drawing, purchase, choice: choice.value }) : refuse(c, choice.failure);
}

async function order(c: AppContext, drawing: Drawing, form: Fields): Promise<Response> {
  const { services } = c.var;
  const { purchase, choice, typed, idempotencyKey: key } = drawing;
  const introduced = introduce(typed);
  const gift = giftOf(typed, choice, services.clock());
  const errors = { ...('errors' in introduced ? introduced.errors : {}), ...('errors' in gift ? gift.errors : {}) };
  if ('errors' in introduced || 'errors' in gift) {
    return drawCheckout(c, { ...drawing, typed: { ...typed, fieldErrors: errors } });
  }
  // Prices come from what we signed, things from what was chosen: where they disagree, the buyer looks again.
  const [sealed, priced] = [await openQuote(services, form['quote'] ?? ''), quoteOrder(services, choice)];
  if (!priced.ok) return refuse(c, priced.failure, [purchase.back]);
  if (sealed === undefined || !isHonoured(services, sealed.quote, priced.value.quote)) {
    return (await repeatOf(c, form)) ?? drawCheckout(c, { ...drawing, problem: { code: 'quote_stale' } });
  }
  const { quote } = sealed;
  const { contact } = introduced;
  const tender = await spends(c, contact, quote, form['pay']);
  if (tender === 'changed') return drawCheckout(c, { ...drawing, problem: { code: 'balance_changed' } });
  if (tender === 'not_own') return drawCheckout(c, { ...drawing, problem: { code: 'balance_not_yours' } });
  if (contact.gift !== undefined) {
    const allowed = await countGift(services, { giftEmail: contact.gift.email, browserHash: await browserHash(c) });
    if (!allowed.ok) return drawCheckout(c, { ...drawing, problem: allowed.failure });
  }
  const idempotencyKey = await browserKey(c, key);
  const cameBy = cameByIn(c, choice);
  const placed = await placeOrder(services, {
    choice,
    quote,
    contact,
    gift: gift.gift,
    idempotencyKey,
    cameBy,
    tender,
  });
  if (placed.ok && placed.value.state !== 'refused') return settled(c, purchase, placed.value);
  // A refused request never used its key; a refused order did, so another try is another order under a new one.
  const problem: Failure | undefined = placed.ok ? placed.value.failure : placed.failure;
  return drawCheckout(c, { ...drawing, idempotencyKey: crypto.randomUUID(), problem });
}

async function settled(c: AppContext, purchase: Purchase, placed: Order): Promise<Response> {
  if (placed.snapshot.sections.some(({ offerId }) => offerId !== undefined)) forgetOffer(c);
  await leaveCart(c, purchase);
  return onward(c, placed);
}

/** From what an order is paid. The card alone needs nobody's leave; what costs nothing is not paid at all. */
async function spends(
  c: AppContext,
  contact: Contact,
  { totalMinor, currency }: { totalMinor: number; currency: Parameters<typeof offeredWays>[2] },
  value: string | undefined,
) {
  if (totalMinor === 0) return undefined;
  if (value === undefined || value === byCardAlone) return byCard(totalMinor);
  if (!(await spendsOwn(c.var.services, c.var.person, contact.email))) return 'not_own' as const;
  return chosenWay(await offeredWays(c, totalMinor, currency), value) ?? ('changed' as const);
}

/** By event: the link that brought this browser to it, and the waitlist offer it carries. */
function cameByIn(c: AppContext, { wanted }: Choice): (eventId: string) => Promise<CameBy> {
  return async (eventId) => {
    const typeIds = wanted.tickets.filter((each) => each.eventId === eventId).map(({ typeId }) => typeId);
    const [via, offer] = await Promise.all([readVia(c, eventId), readOffer(c, eventId, typeIds)]);
    return { via, offerId: offer?.entryId };
  };
}

type Given =
  | { readonly gift: { readonly deliverAtMs: number; readonly hidesPrice: boolean } | undefined }
  | { readonly errors: Typed['fieldErrors'] };

function giftOf({ gift }: Typed, choice: Choice, now: number): Given {
  if (!gift.isGift) return { gift: undefined };
  const timeZone = firstEvent(choice)?.timeZone ?? 'UTC';
  const deliverAtMs = giftAtMs(gift.day, daysOf(choice, now), now, timeZone);
  if (deliverAtMs === undefined) return { errors: { gift_day: words.fieldErrors.gift_day } };
  return { gift: { deliverAtMs, hidesPrice: gift.hidesPrice } };
}

function without(codes: readonly string[], removed: string): string[] {
  return codes.filter((code) => code !== (foldCode(removed) ?? removed));
}
