import { accountOf } from '#shared/ledger/accounts.ts';
import { orderReference } from '#shared/ids.ts';
import type { OpenItem, PendingItem } from '#d1/queries/ledger-trial.ts';
import { pathTo } from '#workers/routes.ts';
import { isoInstant, timeStamp } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { FinanceView } from '../finance.tsx';

const words = messages.finance;

/** Money between its payer and its earner, by order; and what was set aside for orders that nobody came back to. */
export function InSuspense({ finance: { leftOver, underWay, forgotten } }: { finance: FinanceView }) {
  return (
    <section aria-labelledby="suspense">
      <div class="section-head">
        <h2 id="suspense">{words.suspense}</h2>
      </div>
      <p class="prose">{words.suspenseHint}</p>
      <p class={leftOver.length === 0 ? 'all-well' : 'not-well'}>
        {leftOver.length === 0 ? words.noneLeft : words.leftOver(leftOver.length)}
      </p>
      {underWay.length > 0 && <p>{words.underWay(underWay.length)}</p>}
      {leftOver.length + underWay.length > 0 && <Items items={[...leftOver, ...underWay]} />}
      <h3>{words.forgotten}</h3>
      {forgotten.length === 0 ? <p class="all-well">{words.noneForgotten}</p> : <Forgotten items={forgotten} />}
    </section>
  );
}

const Instant = ({ atMs }: { atMs: number }) => <time datetime={isoInstant(atMs)}>{timeStamp(atMs, 'UTC')}</time>;

function Items({ items }: { items: readonly OpenItem[] }) {
  return (
    <table class="sums">
      <thead>
        <tr>
          <th scope="col">{words.order}</th>
          <th scope="col">{words.account}</th>
          <th scope="col">{words.state}</th>
          <th scope="col">{words.since}</th>
          <th scope="col">{words.amount}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ accountId, orderId, balanceMinor, sinceMs, state }) => (
          <tr>
            <th scope="row">
              <a href={pathTo('order', { orderId })}>{orderReference(orderId)}</a>
            </th>
            <td data-label={words.account}>
              <code>{accountId}</code>
            </td>
            <td data-label={words.state}>{state ?? words.notRead}</td>
            <td data-label={words.since}>
              <Instant atMs={sinceMs} />
            </td>
            <td data-label={words.amount}>{sumText(balanceMinor, accountOf(accountId)?.unit ?? 'PTS')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Forgotten({ items }: { items: readonly PendingItem[] }) {
  return (
    <ul class="payouts">
      {items.map(({ transferId, amountMinor, unit, atMs }) => (
        <li>
          <b>{sumText(amountMinor, unit)}</b>
          <code>{transferId}</code>
          <Instant atMs={atMs} />
        </li>
      ))}
    </ul>
  );
}
