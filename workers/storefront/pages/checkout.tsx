import { pathTo } from '#workers/routes.ts';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { paymentPatienceMs } from '#shared/orders/attempt.ts';
import { minuteMs } from '#shared/time.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { CheckoutView } from '#workers/ui/views.ts';
import { Receipt } from './receipt.tsx';

const words = messages.storefront.checkout;

/** How far names and addresses may go; the server's limits, told early. */
const nameMax = 120;
const emailMax = 254;

export function CheckoutPage({ viewer, checkout }: { viewer: Viewer; checkout: CheckoutView }) {
  const { event } = checkout;
  return (
    <Layout viewer={viewer} title={words.title} section="events" isPrivate islands={['storefront/checkout.island.js']}>
      <div class="checkout">
        <div class="checkout-head">
          <p>
            <a href={`${pathTo('event', { slug: event.slug })}#tickets`}>← {words.back}</a>
          </p>
          <h1>{words.title}</h1>
        </div>
        <CheckoutForm checkout={checkout} />
      </div>
    </Layout>
  );
}

function CheckoutForm({ checkout }: { checkout: CheckoutView }) {
  const { event, lines, fee, tax, total, problem } = checkout;
  const isOpen = problem !== undefined;
  return (
    <form
      class="checkout-form"
      method="post"
      action={pathTo('checkout', { slug: event.slug })}
      data-working={words.working}
    >
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
      {!isOpen && lines.map(({ typeId, quantity }) => <input type="hidden" name={`q_${typeId}`} value={quantity} />)}
      <Receipt
        title={words.yourTickets}
        event={event}
        lines={lines}
        fee={fee}
        tax={tax}
        total={total}
        isOpen={isOpen}
      />
      <Details checkout={checkout} />
    </form>
  );
}

function Details({ checkout }: { checkout: CheckoutView }) {
  const { total, values, fieldErrors } = checkout;
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
      <p>
        <button class="button wide">{isFree ? words.getFree : words.pay(priceText(total))}</button>
      </p>
      <p class="small">{isFree ? words.freeNote : words.payNote(paymentPatienceMs / minuteMs)}</p>
      <p class="small">{words.agree}</p>
    </section>
  );
}

/** Everything wrong, at the top, each a link to where it is put right. */
function ErrorSummary({ checkout: { problem, fieldErrors, waitlistUrl } }: { checkout: CheckoutView }) {
  const errors = (['name', 'email'] as const).filter((field) => fieldErrors[field] !== undefined);
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
