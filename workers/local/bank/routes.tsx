import { Hono } from 'hono';
import * as v from 'valibot';
import { fail } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import type { LocalEnv } from '../env.ts';
import { sandboxes } from '../sandboxes.ts';
import { bankOf } from './bank.ts';
import { buyerChoices, isPayable, type BuyerChoice } from './buyer-moves.ts';
import { laterChoices } from './dispute-moves.ts';
import { BankPage } from './pages/bank-page.tsx';
import { paymentPath } from './pages/frame.tsx';
import { CodePage, EndedPage, PaymentPage } from './pages/payment-page.tsx';
import type { Payment } from './payment.ts';

const choiceSchema = v.object({ choice: v.picklist(buyerChoices) });
const laterSchema = v.object({ choice: v.picklist(laterChoices) });
const codeSchema = v.object({ code: v.pipe(v.string(), v.trim(), v.maxLength(20)) });

/** The bank's own pages: where a buyer is sent to pay, and the list from which payments and webhooks are pushed on. */
export const bankCounter = new Hono<AppEnv>()
  .use('/local/bank/*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  })
  // The API as the adapter calls it, for commands that run beside the Worker; the key is asked for there.
  .get('/local/bank/api/*', async (c) => {
    const { pathname, search } = new URL(c.req.url);
    const asked = `https://api.stripe.com${pathname.replace('/local/bank/api', '')}${search}`;
    const answer = await sandboxes(c.executionCtx).gatewayFetch(asked, { headers: c.req.raw.headers });
    // A copy, because an answer's own headers cannot be added to.
    return new Response(answer.body, answer);
  })
  .get('/local/bank', async (c) => c.html(<BankPage {...await bank(c).overview()} />))
  .post('/local/bank/webhooks/:seq{[0-9]+}', async (c) => {
    await bank(c).sendNow(Number(c.req.param('seq')));
    return c.redirect('/local/bank', 303);
  })
  .post('/local/bank/:sessionId/decision', async (c) => {
    await bank(c).decideNow(c.req.param('sessionId'));
    return c.redirect('/local/bank', 303);
  })
  .post('/local/bank/:sessionId/later', async (c) => {
    const form = await parseForm(c, laterSchema);
    if (!form.ok) return refuse(c, form.failure);
    const sessionId = c.req.param('sessionId');
    const payment = await bank(c).happenLater(sessionId, form.value.choice);
    return payment === undefined ? refuse(c, fail('not_found').failure) : c.redirect(paymentPath(sessionId), 303);
  })
  .get('/local/bank/:sessionId', async (c) => {
    const payment = await bank(c).payment(c.req.param('sessionId'));
    if (payment === undefined) return refuse(c, fail('not_found').failure);
    return c.html(isPayable(payment, Date.now()) ? <PaymentPage payment={payment} /> : <EndedPage payment={payment} />);
  })
  .post('/local/bank/:sessionId', async (c) => {
    const form = await parseForm(c, choiceSchema);
    if (!form.ok) return refuse(c, form.failure);
    const payment = await bank(c).choose(c.req.param('sessionId'), form.value.choice);
    return payment === undefined ? refuse(c, fail('not_found').failure) : onward(c, payment, form.value.choice);
  })
  .get('/local/bank/:sessionId/code', async (c) => {
    const payment = await bank(c).payment(c.req.param('sessionId'));
    if (payment === undefined) return refuse(c, fail('not_found').failure);
    const isAsked = isPayable(payment, Date.now()) && payment.intent?.status === 'requires_action';
    return isAsked ? c.html(<CodePage payment={payment} />) : c.redirect(paymentPath(payment.sessionId), 303);
  })
  .post('/local/bank/:sessionId/code', async (c) => {
    const form = await parseForm(c, codeSchema);
    if (!form.ok) return refuse(c, form.failure);
    const payment = await bank(c).enterCode(c.req.param('sessionId'), form.value.code);
    return payment === undefined ? refuse(c, fail('not_found').failure) : onward(c, payment, 'challenge');
  });

/** Where the buyer's browser goes next: to the shop when the bank has what it needs, else to the bank's own pages. */
function onward(c: AppContext, { status, intent, sessionId, terms }: Payment, choice: BuyerChoice): Response {
  if (intent?.status === 'requires_action') return c.redirect(paymentPath(sessionId, '/code'), 303);
  const isWithShop = status === 'complete' || (status === 'open' && intent?.status === 'processing');
  // This buyer closes the browser: the shop is to learn of the payment from the bank alone.
  const isGone = choice === 'late' || !isWithShop;
  return c.redirect(isGone ? paymentPath(sessionId) : terms.successUrl, 303);
}

function bank(c: AppContext) {
  return bankOf(c.env as LocalEnv);
}
