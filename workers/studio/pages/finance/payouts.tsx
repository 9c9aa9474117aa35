import type { PayoutLine } from '#workers/operations/present-earnings.ts';
import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Select } from '#workers/ui/components/select.tsx';
import { isoInstant, shortDayYear } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { FinanceView } from '../finance.tsx';

const words = messages.finance;
const referenceMax = 60;

/** Proposes payouts, and records what the bank did with them. */
export function PayoutDesk({ finance }: { finance: FinanceView }) {
  const { payouts, mayPay } = finance;
  return (
    <section aria-labelledby="payouts">
      <div class="section-head">
        <h2 id="payouts">{words.payouts}</h2>
      </div>
      <p class="prose">{words.payoutsHint}</p>
      {mayPay && <Propose finance={finance} />}
      {payouts.length === 0 ? (
        <p>{messages.earnings.noPayouts}</p>
      ) : (
        <ul class="payouts">
          {payouts.map((line) => (
            <Payout line={line} mayPay={mayPay} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Propose({ finance: { dues, freshId } }: { finance: FinanceView }) {
  const open = dues.filter(({ balanceMinor, proposedMinor }) => balanceMinor - proposedMinor > 0);
  if (open.length === 0) return <p>{words.nobodyDue}</p>;
  const options = open.map(({ businessId, name, currency, balanceMinor, proposedMinor }) => ({
    value: `${businessId} ${currency}`,
    label: words.dueTo(name, sumText(balanceMinor - proposedMinor, currency)),
  }));
  return (
    <form class="propose" method="post" action={pathTo('studioPayouts')}>
      <input type="hidden" name="id" value={freshId} />
      <Select name="payee" label={words.proposeTo} value="" options={options} />
      <Field
        name="amount"
        label={words.amountLabel}
        hint={words.amountHint}
        type="text"
        value=""
        autocomplete="off"
        maxLength={14}
      />
      <Button>{words.submit}</Button>
    </form>
  );
}

function Payout({ line: { payout, businessName }, mayPay }: { line: PayoutLine; mayPay: boolean }) {
  const { id, businessId, amountMinor, currency, state, proposedAtMs, settledAtMs, reference } = payout;
  const name = businessName ?? businessId;
  const amount = sumText(amountMinor, currency);
  const atMs = settledAtMs ?? proposedAtMs;
  return (
    <li>
      <b>{amount}</b>
      <span class="payee">{name}</span>
      <span class={`payout-state is-${state}`}>{messages.earnings.states[state]}</span>
      <time datetime={isoInstant(atMs)}>{shortDayYear(atMs, 'UTC')}</time>
      {reference !== null && <code>{reference}</code>}
      {mayPay && state === 'proposed' && (
        <div class="payout-ends">
          <form method="post" action={pathTo('studioPayoutEnd')}>
            <input type="hidden" name="id" value={id} />
            <input type="hidden" name="as" value="paid" />
            <label for={`reference-${id}`}>{words.reference}</label>
            <input id={`reference-${id}`} name="reference" maxlength={referenceMax} autocomplete="off" />
            <button class="button quiet" aria-label={words.paidOf(name, amount)}>
              {words.markPaid}
            </button>
          </form>
          <form method="post" action={pathTo('studioPayoutEnd')}>
            <input type="hidden" name="id" value={id} />
            <input type="hidden" name="as" value="withdrawn" />
            <button class="link" aria-label={words.withdrawOf(name, amount)}>
              {words.withdraw}
            </button>
          </form>
        </div>
      )}
    </li>
  );
}
