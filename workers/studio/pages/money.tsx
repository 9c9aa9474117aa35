import type { Due } from '#d1/queries/ledger-earnings.ts';
import type { EarningsLine, EarningsView, PayoutLine } from '#workers/operations/present-earnings.ts';
import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { isoInstant, shortDayYear } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.earnings;

type MoneyPageProps = {
  viewer: Viewer;
  tools: readonly Tool[];
  businesses: readonly { id: string; name: string; dues: readonly Due[] }[];
};

export function MoneyPage({ viewer, tools, businesses }: MoneyPageProps) {
  return (
    <Layout viewer={viewer} title={words.chooseTitle} section="studio" isPrivate>
      <header class="studio-head">
        <StudioTools current="money" shown={tools} />
        <div class="opening">
          <h1>{words.chooseTitle}</h1>
          <p>{words.chooseLead}</p>
        </div>
      </header>
      <ul class="gates dues">
        {businesses.map(({ id, name, dues }) => (
          <li>
            <a href={pathTo('studioMoneyOf', { businessId: id })}>
              <b>{name}</b>
              <span>
                {dues.length === 0
                  ? words.nothingDue
                  : dues.map(({ currency, balanceMinor }) => sumText(balanceMinor, currency)).join(' · ')}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

type EarningsPageProps = { viewer: Viewer; tools: readonly Tool[]; earnings: EarningsView };

/** What is due first, then which event it came from, then what was paid out. */
export function EarningsPage({ viewer, tools, earnings: { business, dues, lines, payouts } }: EarningsPageProps) {
  return (
    <Layout viewer={viewer} title={words.title(business.name)} section="studio" isPrivate>
      <header class="studio-head">
        <StudioTools current="money" shown={tools} />
        <div class="opening">
          <h1>
            <small>{business.name}</small>
            {words.kicker}
          </h1>
          <p>{words.lead}</p>
        </div>
      </header>
      {dues.length > 0 && (
        <div class="balances">
          {dues.map((due) => (
            <DueOf due={due} />
          ))}
        </div>
      )}
      <section aria-labelledby="by-event">
        <div class="section-head">
          <h2 id="by-event">{words.byEvent}</h2>
          {lines.length > 0 && (
            <form method="post" action={pathTo('studioMoneyExport', { businessId: business.id })}>
              <button class="link">{words.download}</button>
            </form>
          )}
        </div>
        {lines.length === 0 ? <p class="empty summary">{words.empty}</p> : <ByEvent lines={lines} />}
      </section>
      <p class="money-links">
        <a href={pathTo('studioDocuments', { businessId: business.id })}>{words.documents}</a>
        <a href={pathTo('studioSeller', { businessId: business.id })}>{words.seller}</a>
      </p>
      <section aria-labelledby="payouts">
        <div class="section-head">
          <h2 id="payouts">{words.payouts}</h2>
        </div>
        {payouts.length === 0 ? <p>{words.noPayouts}</p> : <Payouts payouts={payouts} />}
      </section>
    </Layout>
  );
}

function DueOf({ due: { currency, balanceMinor, proposedMinor, withheldMinor } }: { due: Due }) {
  const isBelow = balanceMinor < 0;
  return (
    <div>
      <span>{isBelow ? words.dueBelow : words.due}</span>
      <b>{sumText(Math.abs(balanceMinor), currency)}</b>
      {isBelow && <small>{words.dueBelowDetail}</small>}
      {withheldMinor > 0 && <small>{words.withheld(sumText(withheldMinor, currency))}</small>}
      {proposedMinor > 0 && <small>{words.proposed(sumText(proposedMinor, currency))}</small>}
    </div>
  );
}

function ByEvent({ lines }: { lines: readonly EarningsLine[] }) {
  const columns = ['paid', 'refunds', 'disputes', 'fees', 'tax', 'earned'] as const;
  const cell = (line: EarningsLine, name: (typeof columns)[number]) => line[`${name}Minor`];
  return (
    <>
      <table class="sums earnings">
        <thead>
          <tr>
            <th scope="col">{words.event}</th>
            {columns.map((name) => (
              <th scope="col">{words[name]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr>
              <th scope="row">{line.title ?? words.shop}</th>
              {columns.map((name) => (
                <td data-label={words[name]} class={name === 'earned' ? 'is-total' : undefined}>
                  {sumText(cell(line, name), line.currency)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small">{words.sumsUp}</p>
    </>
  );
}

function Payouts({ payouts }: { payouts: readonly PayoutLine[] }) {
  return (
    <ul class="payouts">
      {payouts.map(({ payout: { amountMinor, currency, state, proposedAtMs, settledAtMs, reference } }) => (
        <li>
          <b>{sumText(amountMinor, currency)}</b>
          <span class={`payout-state is-${state}`}>{words.states[state]}</span>
          <time datetime={isoInstant(settledAtMs ?? proposedAtMs)}>
            {shortDayYear(settledAtMs ?? proposedAtMs, 'UTC')}
          </time>
          {reference !== null && <code>{reference}</code>}
        </li>
      ))}
    </ul>
  );
}
