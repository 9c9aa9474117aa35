import { paymentPatienceMs } from '#shared/orders/attempt.ts';
import { minuteMs } from '#shared/time.ts';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { CheckoutField, CheckoutView } from '#workers/ui/views.ts';
import { Codes } from './checkout/codes.tsx';
import { Gift } from './checkout/gift.tsx';
import { WaysToPay } from './checkout/ways.tsx';
import { Receipt } from './receipt.tsx';

const words = messages.storefront.checkout;

/** How far names and addresses may go; the server's limits, told early. */
const nameMax = 120;
const emailMax = 254;

export function CheckoutPage({ viewer, checkout }: { viewer: Viewer; checkout: CheckoutView }) {
  return (
    <Layout viewer={viewer} title={words.title} section="events" isPrivate islands={['storefront/checkout.island.js']}>
      <div class="checkout">
        <div class="checkout-head">
          <p>
            <a href={checkout.back.href}>← {checkout.back.label}</a>
          </p>
          <h1>{words.title}</h1>
        </div>
        <CheckoutForm checkout={checkout} />
      </div>
    </Layout>
  );
}

function CheckoutForm({ checkout }: { checkout: CheckoutView }) {
  const { receipt, codes, codeError } = checkout;
  const hasThings = receipt.parts.some(({ shop }) => shop !== undefined);
  return (
    <form class="checkout-form" method="post" action={checkout.action} data-working={words.working}>
      {/* Enter presses a form's first button: it must be the one that orders, not one beside a code. */}
      <button class="hidden" tabindex={-1} aria-hidden="true"></button>
      <ErrorSummary checkout={checkout} />
      {checkout.opened && (
        <Notice kind="news" title={words.opened(checkout.opened.typeName)}>
          <p>
            <a href={checkout.opened.url}>{words.addOpened}</a>
          </p>
        </Notice>
      )}
      <input type="hidden" name="idempotency_key" value={checkout.idempotencyKey} />
      <input type="hidden" name="quote" value={checkout.quote} />
      {checkout.hidden.map(({ name, value }) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Receipt title={hasThings ? words.yourOrder : words.yourTickets} receipt={receipt} amend={checkout.amend}>
        <Codes codes={codes} error={codeError} />
      </Receipt>
      <Details checkout={checkout} />
    </form>
  );
}

function Details({ checkout }: { checkout: CheckoutView }) {
  const { values, fieldErrors, ways, receipt } = checkout;
  const { total } = receipt.sums;
  const isFree = total.amountMinor === 0;
  return (
    <section class="checkout-details">
      <h2>{words.details}</h2>
      {checkout.isOffer && <p>{messages.storefront.waitlist.carried}</p>}
      <Field
        name="name"
        label={words.name}
        hint={words.nameHint}
        type="text"
        value={values.name}
        error={fieldErrors.name}
        autocomplete="name"
        maxLength={nameMax}
      />
      <Field
        name="email"
        label={words.email}
        hint={words.emailHint}
        type="email"
        value={values.email}
        error={fieldErrors.email}
        autocomplete="email"
        maxLength={emailMax}
      />
      <Gift gift={checkout.gift} days={checkout.giftDays} errors={fieldErrors} />
      {ways.length > 1 && <WaysToPay ways={ways} chosen={checkout.chosenWay} />}
      <p>
        <button class="button wide">{buttonWords(checkout)}</button>
      </p>
      <p class="small">{isFree ? words.freeNote : words.payNote(paymentPatienceMs / minuteMs)}</p>
      <p class="small">{words.agree}</p>
    </section>
  );
}

/** The price is in the button where there is one way to pay it; among several, each says its own. */
function buttonWords({ ways, receipt: { sums } }: CheckoutView): string {
  if (sums.total.amountMinor === 0) return words.getFree;
  return ways.length > 1 ? words.ways.button : words.pay(priceText(sums.total));
}

const fields: readonly CheckoutField[] = ['name', 'email', 'gift_name', 'gift_email', 'gift_day', 'gift_message'];

/** Everything wrong, at the top, each a link to where it is put right. */
function ErrorSummary({ checkout: { problem, fieldErrors, waitlistUrl } }: { checkout: CheckoutView }) {
  const errors = fields.filter((field) => fieldErrors[field] !== undefined);
  if (problem === undefined && errors.length === 0) return null;
  return (
    <Notice kind="refusal" title={problem?.title ?? words.errors} id="problem">
      {problem && <p>{problem.detail}</p>}
      {waitlistUrl && (
        <p>
          <a href={waitlistUrl}>{messages.storefront.waitlist.link}</a>
        </p>
      )}
      {errors.length > 0 && (
        <ul>
          {errors.map((field) => (
            <li>
              <a href={`#${field}`}>{fieldErrors[field]}</a>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
