import type { GatewayFinding } from '#shared/ledger/reconcile.ts';
import type { Currency } from '#shared/money/money.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { FinanceView } from '../finance.tsx';

const words = messages.finance;

/** What the gateway says it did, beside what desks told the ledger, over the days asked for. */
export function GatewayCompared({ finance: { gateway, from, until } }: { finance: FinanceView }) {
  return (
    <section aria-labelledby="gateway">
      <div class="section-head">
        <h2 id="gateway">{words.gateway}</h2>
      </div>
      <form class="days" method="get" action={`${pathTo('studioFinance')}#gateway`}>
        <div class="field">
          <label for="from">{words.from}</label>
          <input id="from" name="from" type="date" value={from} required />
        </div>
        <div class="field">
          <label for="until">{words.until}</label>
          <input id="until" name="until" type="date" value={until} required />
        </div>
        <button class="button quiet">{words.compare}</button>
      </form>
      {gateway === undefined ? (
        <p class="not-well">{words.noAnswer}</p>
      ) : (
        <>
          <p>{words.compared(gateway.compared)}</p>
          {gateway.isCut && <p class="not-well">{words.isCut}</p>}
          <p class={gateway.findings.length === 0 ? 'all-well' : 'not-well'}>
            {gateway.findings.length === 0 ? words.agree : words.differences(gateway.findings.length)}
          </p>
          {gateway.findings.length > 0 && <Findings findings={gateway.findings} />}
        </>
      )}
    </section>
  );
}

function Findings({ findings }: { findings: readonly GatewayFinding[] }) {
  return (
    <table class="sums">
      <thead>
        <tr>
          <th scope="col">{words.payment}</th>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.ours}</th>
          <th scope="col">{words.theirs}</th>
        </tr>
      </thead>
      <tbody>
        {findings.map(({ ref, kind, currency, oursMinor, theirsMinor }) => (
          <tr>
            <th scope="row">
              <code>{ref}</code>
            </th>
            <td data-label={words.what}>{words.kindOf(kind)}</td>
            <td data-label={words.ours}>{sumText(oursMinor, currency as Currency)}</td>
            <td data-label={words.theirs}>{sumText(theirsMinor, currency as Currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
