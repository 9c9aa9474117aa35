import type { Due } from '#d1/queries/ledger-earnings.ts';
import type { TrialBalance } from '#shared/ledger/trial-balance.ts';
import type { GatewayComparison, LedgerStanding } from '#workers/operations/check-ledger.ts';
import type { PayoutLine } from '#workers/operations/present-earnings.ts';
import { platformSeller } from '#shared/documents/compose.ts';
import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { PayoutDesk } from './finance/payouts.tsx';
import { GatewayCompared } from './finance/gateway.tsx';
import { InSuspense } from './finance/suspense.tsx';
import { Outcome } from './outcome.tsx';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.finance;

export type FinanceView = LedgerStanding & {
  readonly gateway: GatewayComparison;
  readonly dues: readonly Due[];
  readonly payouts: readonly PayoutLine[];
  /** ISO days, the last one included. */
  readonly from: string;
  readonly until: string;
  /** Of the payout this page may propose. */
  readonly freshId: string;
  readonly mayPay: boolean;
  readonly error: string | undefined;
  readonly did: 'proposed' | 'paid' | 'withdrawn' | undefined;
};

type FinancePageProps = { viewer: Viewer; tools: readonly Tool[]; finance: FinanceView };

/** What may be wrong first (what is left over, what differs), then what is to be paid, then every account. */
export function FinancePage({ viewer, tools, finance }: FinancePageProps) {
  const { balances, error, did } = finance;
  return (
    <Layout viewer={viewer} title={words.title} section="studio" isPrivate>
      <header class="studio-head">
        <StudioTools current="finance" shown={tools} />
        <div class="opening">
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
      </header>
      <Outcome error={error} notDone={words.notDone} did={did && words.did[did]} />
      <p class="money-links">
        <a href={pathTo('studioDocuments', { businessId: platformSeller })}>{words.documents}</a>
      </p>
      <div class="books">
        <InSuspense finance={finance} />
        <GatewayCompared finance={finance} />
        <PayoutDesk finance={finance} />
        <section aria-labelledby="trial">
          <div class="section-head">
            <h2 id="trial">{words.trial}</h2>
          </div>
          {balances.length === 0 && <p>{words.empty}</p>}
          {balances.map((balance) => (
            <Trial balance={balance} />
          ))}
        </section>
      </div>
    </Layout>
  );
}

function Trial({ balance: { unit, lines, debitMinor, creditMinor, isBalanced } }: { balance: TrialBalance }) {
  const name = unit === 'PTS' ? words.points : unit;
  const shown = lines.filter((line) => line.debitMinor + line.creditMinor > 0);
  const column = (minor: number) => (minor === 0 ? '' : sumText(minor, unit));
  return (
    <>
      <p class={isBalanced ? 'all-well' : 'not-well'}>{isBalanced ? words.balanced(name) : words.unbalanced(name)}</p>
      {!isBalanced && <p>{words.unbalancedNext}</p>}
      <table class="sums trial">
        <thead>
          <tr>
            <th scope="col">{words.account}</th>
            <th scope="col">{words.debit}</th>
            <th scope="col">{words.credit}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <tr>
              <th scope="row">
                <code>{line.account}</code>
              </th>
              <td data-label={words.debit}>{column(line.debitMinor)}</td>
              <td data-label={words.credit}>{column(line.creditMinor)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td data-label={words.debit}>{sumText(debitMinor, unit)}</td>
            <td data-label={words.credit}>{sumText(creditMinor, unit)}</td>
          </tr>
        </tfoot>
      </table>
    </>
  );
}
