import { Hono } from 'hono';
import * as v from 'valibot';
import { currencies, formatMoney, money, type Currency } from '#shared/money/money.ts';
import { byCard } from '#shared/orders/attempt.ts';
import { quoteTopUp } from '#shared/pricing/quote-cart.ts';
import { topUpBounds } from '#shared/pricing/top-up.ts';
import { fail } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { browserKey, nameBrowser } from '#workers/http/browser-id.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { placeOrder } from '#workers/operations/place-order.ts';
import { cashOf } from '#workers/operations/purse.ts';
import { routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { onward } from './checkout/payment.ts';
import { TopUpPage, type TopUpView } from './pages/top-up.tsx';

const words = messages.storefront.shop.topUp;

const formSchema = v.object({
  amount: v.pipe(v.string(), v.trim(), v.maxLength(20)),
  currency: v.picklist(currencies),
  idempotency_key: v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/)),
});

/** Major units with up to two decimals, as people write them: `20`, `20.50`, `1,000`. */
const amountShape = /^(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?$/;

/** Money put into one's own wallet, by card. It is an order like any other, with nothing to hold. */
export const topUp = new Hono<AppEnv>()
  .get(routes.topUp, async (c) => {
    nameBrowser(c);
    return draw(c, { amount: '', currency: askedCurrency(c) });
  })
  .post(routes.topUp, async (c) => {
    const { services, person } = c.var;
    const form = await parseForm(c, formSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { amount, currency, idempotency_key: key } = form.value;
    const amountMinor = minorOf(amount);
    const { leastMinor, mostMinor } = topUpBounds[currency];
    if (amountMinor === undefined || amountMinor < leastMinor || amountMinor > mostMinor) {
      return draw(c, { amount, currency, key, error: words.amountError(...boundsIn(currency)) });
    }
    // A balance is kept under an address: without one that was proved, nobody could ever spend it.
    if (person === undefined || person.email === '') return refuse(c, fail('balance_not_yours').failure);
    const quote = quoteTopUp(amountMinor, currency, services.clock());
    if (!quote.ok) return refuse(c, quote.failure);
    const placed = await placeOrder(services, {
      choice: { sales: [], shops: [] },
      quote: quote.value,
      contact: { name: person.name || person.email, email: person.email },
      idempotencyKey: await browserKey(c, key),
      tender: byCard(amountMinor),
      cameBy: async () => ({}),
    });
    if (placed.ok) return onward(c, placed.value);
    return draw(c, { amount, currency, problem: problemOf(placed.failure) });
  });

function askedCurrency(c: AppContext): Currency {
  return currencies.find((each) => each === c.req.query('currency')) ?? 'GBP';
}

function boundsIn(currency: Currency): [least: string, most: string] {
  const { leastMinor, mostMinor } = topUpBounds[currency];
  return [formatMoney(money(leastMinor, currency)), formatMoney(money(mostMinor, currency))];
}

function minorOf(text: string): number | undefined {
  const [, whole = '', part = ''] = amountShape.exec(text) ?? [];
  return whole === '' ? undefined : Number(whole.replaceAll(',', '')) * 100 + Number(part.padEnd(2, '0'));
}

type Drawn = {
  readonly amount: string;
  readonly currency: Currency;
  readonly key?: string;
  readonly error?: string;
  readonly problem?: { title: string; detail: string };
};

async function draw(c: AppContext, { amount, currency, key, error, problem }: Drawn): Promise<Response> {
  const [least, most] = boundsIn(currency);
  const view: TopUpView = {
    amount,
    currency,
    idempotencyKey: key ?? crypto.randomUUID(),
    hint: words.amountHint(least, most),
    have: await cashOf(c.var.services, c.var.person),
    error,
    problem,
  };
  c.header('Cache-Control', 'no-store');
  const status = error === undefined && problem === undefined ? 200 : 422;
  return c.html(<TopUpPage viewer={viewerOf(c)} view={view} />, status);
}
