import { currencies, formatMoney, type Money } from '#shared/money/money.ts';
import { pathTo } from '#workers/routes.ts';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Select } from '#workers/ui/components/select.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.storefront.shop.topUp;
const amountMax = 20;

export type TopUpView = {
  amount: string;
  currency: string;
  idempotencyKey: string;
  hint: string;
  /** What is there by currency. */
  have: Money[];
  error: string | undefined;
  problem: { title: string; detail: string } | undefined;
};

export function TopUpPage({ viewer, view }: { viewer: Viewer; view: TopUpView }) {
  const { have, problem } = view;
  return (
    <Layout viewer={viewer} title={words.title} section="account" isPrivate islands={['storefront/checkout.island.js']}>
      <div class="desk top-up">
        <h1>{words.title}</h1>
        <p class="summary">{words.lead}</p>
        {have.length > 0 && <p>{words.have(have.map(formatMoney).join(', '))}</p>}
        {problem && (
          <Notice kind="refusal" title={problem.title} id="problem">
            <p>{problem.detail}</p>
          </Notice>
        )}
        <form method="post" action={pathTo('topUp')} data-working={messages.storefront.checkout.working}>
          <input type="hidden" name="idempotency_key" value={view.idempotencyKey} />
          <Field
            name="amount"
            label={words.amount}
            hint={view.hint}
            type="text"
            value={view.amount}
            error={view.error}
            autocomplete="transaction-amount"
            maxLength={amountMax}
            isAmount
          />
          <Select
            name="currency"
            label={words.currency}
            value={view.currency}
            options={currencies.map((currency) => ({ value: currency, label: currency }))}
          />
          <button class="button wide">{words.pay}</button>
          <p class="small">{words.note}</p>
        </form>
      </div>
    </Layout>
  );
}
