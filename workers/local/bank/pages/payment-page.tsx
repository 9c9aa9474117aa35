import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { local } from '#workers/local/messages.ts';
import { buyerChoices } from '../buyer-moves.ts';
import { laterChoicesOf } from '../dispute-moves.ts';
import type { CardError, Payment } from '../payment.ts';
import { amountText, BankFrame, PaymentFacts, paymentPath, timeOf } from './frame.tsx';

const words = local.bank;
const codeDigits = 6;

type PaymentProps = { payment: Payment };

/** Where a person plays the bank: each button is one thing that happens to real payments. */
export function PaymentPage({ payment }: PaymentProps) {
  const { intent, terms, sessionId } = payment;
  const title = words.pay(amountText(terms));
  return (
    <BankFrame title={title}>
      <div class="opening">
        <h1>{title}</h1>
        <p>{words.lead}</p>
      </div>
      {intent?.lastError && <Failed error={intent.lastError} />}
      <PaymentFacts payment={payment} />
      <section>
        <div class="section-head">
          <h2>{intent?.lastError === undefined ? words.choices : words.otherCard}</h2>
        </div>
        <form method="post" action={paymentPath(sessionId)}>
          <ul class="tiles">
            {buyerChoices.map((choice) => {
              const [label, what] = words.choice[choice];
              return (
                <li>
                  <button
                    class={choice === 'approve' ? 'button' : 'button quiet'}
                    name="choice"
                    value={choice}
                    aria-describedby={`what-${choice}`}
                  >
                    {label}
                  </button>
                  <p id={`what-${choice}`}>{what}</p>
                </li>
              );
            })}
          </ul>
        </form>
      </section>
      {terms.cancelUrl && (
        <p class="empty">
          <a class="link" href={terms.cancelUrl}>
            ← {words.cancel}
          </a>
        </p>
      )}
    </BankFrame>
  );
}

function Failed({ error }: { error: CardError }) {
  const isDeclined = error === 'card_declined';
  return (
    <Notice kind="refusal" title={isDeclined ? words.declinedTitle : words.unprovenTitle}>
      <p>{isDeclined ? words.declinedDetail : words.unprovenDetail}</p>
    </Notice>
  );
}

/** 3-D Secure: the holder's phone is drawn on the page, since nobody has one here. */
export function CodePage({ payment }: PaymentProps) {
  return (
    <BankFrame title={words.code.title}>
      <div class="desk">
        <h1>{words.code.title}</h1>
        <PaymentFacts payment={payment} />
        <p>{words.code.sent}</p>
        <p class="summary">
          <code>{payment.code}</code>
        </p>
        <form method="post" action={paymentPath(payment.sessionId, '/code')}>
          <Field
            name="code"
            label={words.code.label}
            hint={words.code.hint}
            type="text"
            value=""
            autocomplete="one-time-code"
            maxLength={codeDigits}
          />
          <Button>{words.code.confirm}</Button>
        </form>
      </div>
    </BankFrame>
  );
}

/** Nothing to choose here: the payment is done, has run out, or is being thought about. */
export function EndedPage({ payment }: PaymentProps) {
  const { terms, status } = payment;
  const state = status === 'open' ? 'processing' : status;
  const back = status === 'expired' ? (terms.cancelUrl ?? terms.successUrl) : terms.successUrl;
  const title = words.ended[`${state}Title`];
  return (
    <BankFrame title={title}>
      <div class="desk">
        <h1>{title}</h1>
        <p class="summary">{words.ended[state]}</p>
        <PaymentFacts payment={payment} />
        <Disputes payment={payment} />
        <Later payment={payment} />
        <p class="actions">
          <ButtonLink href={back} quiet>
            {words.ended.back}
          </ButtonLink>
          <a class="link" href="/local/bank">
            {words.ended.list}
          </a>
        </p>
      </div>
    </BankFrame>
  );
}

function Disputes({ payment: { disputes = [], terms } }: PaymentProps) {
  if (disputes.length === 0) return null;
  return (
    <ul class="mails">
      {disputes.map(({ id, amountMinor, status, answerByMs }) => (
        <li>
          <span>{words.later.disputed(amountText({ ...terms, amountMinor }))}</span>
          <code>{status}</code>
          <span>{words.later.answerBy(timeOf(answerByMs))}</span>
          <code>…{id.slice(-codeDigits)}</code>
        </li>
      ))}
    </ul>
  );
}

/** The holder's bank, and the merchant's own dashboard at the gateway: neither asks the shop. */
function Later({ payment }: PaymentProps) {
  const choices = laterChoicesOf(payment);
  if (choices.length === 0) return null;
  return (
    <form method="post" action={paymentPath(payment.sessionId, '/later')}>
      <h2>{words.later.title}</h2>
      <ul class="tiles">
        {choices.map((choice) => {
          const [label, what] = words.later.choice[choice];
          return (
            <li>
              <button class="button quiet" name="choice" value={choice} aria-describedby={`later-${choice}`}>
                {label}
              </button>
              <p id={`later-${choice}`}>{what}</p>
            </li>
          );
        })}
      </ul>
    </form>
  );
}
