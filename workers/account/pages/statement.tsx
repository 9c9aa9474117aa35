import type { Unit } from '#shared/ledger/transfer.ts';
import type { StatementEntry, StatementView } from '#workers/operations/present-statement.ts';
import { pathTo } from '#workers/routes.ts';
import { isoInstant, shortDayYear } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { changeText, sumText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { AccountFrame } from './frame.tsx';

const words = messages.statement;

type StatementPageProps = { viewer: Viewer; statement: StatementView; isFirst: boolean };

/** What somebody has with us first, then how it came about, line by line. */
export function StatementPage({ viewer, statement, isFirst }: StatementPageProps) {
  const { balances, unit, lines, olderBefore } = statement;
  const hasAny = balances.cash.length > 0 || balances.points.balance > 0 || lines.length > 0;
  return (
    <AccountFrame viewer={viewer} title={words.title} page="statement">
      <p class="summary">{words.lead}</p>
      {hasAny ? <Accounts statement={statement} /> : <p class="prose">{words.nothing}</p>}
      {hasAny && (
        <section aria-labelledby="moves">
          <div class="section-head">
            <h2 id="moves">{nameOf(unit)}</h2>
            {lines.length > 0 && <a href={`${pathTo('accountStatementExport')}?unit=${unit}`}>{words.download}</a>}
          </div>
          {lines.length === 0 ? <p>{words.none}</p> : <Lines lines={lines} unit={unit} />}
          <p class="account-pages">
            {!isFirst && <a href={addressOf(unit)}>← {words.newest}</a>}
            {olderBefore !== undefined && <a href={`${addressOf(unit)}&before=${olderBefore}`}>{words.older} →</a>}
          </p>
        </section>
      )}
    </AccountFrame>
  );
}

const nameOf = (unit: Unit) => (unit === 'PTS' ? words.points : words.cash(unit));
const addressOf = (unit: Unit) => `${pathTo('accountStatement')}?unit=${unit}`;

function Accounts({ statement: { balances, unit: current } }: { statement: StatementView }) {
  const { cash, points } = balances;
  const held = [
    ...cash.map(({ currency, balanceMinor, availableMinor }) => ({
      unit: currency as Unit,
      text: sumText(balanceMinor, currency),
      waiting: balanceMinor - availableMinor,
    })),
    { unit: 'PTS' as Unit, text: words.pointsText(points.balance), waiting: points.balance - points.available },
  ];
  return (
    <nav class="balances" aria-label={words.accounts}>
      {held.map(({ unit, text, waiting }) => (
        <a href={addressOf(unit)} aria-current={unit === current ? 'page' : undefined}>
          <span>{nameOf(unit)}</span>
          <b>{text}</b>
          {waiting > 0 && (
            <small>{words.waiting(unit === 'PTS' ? words.pointsText(waiting) : sumText(waiting, unit))}</small>
          )}
        </a>
      ))}
    </nav>
  );
}

function Lines({ lines, unit }: { lines: readonly StatementEntry[]; unit: Unit }) {
  return (
    <table class="sums statement">
      <thead>
        <tr>
          <th scope="col">{words.when}</th>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.change}</th>
          <th scope="col">{words.balance}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ atMs, cause, order, changeMinor, balanceMinor }) => (
          <tr>
            <td>
              <time datetime={isoInstant(atMs)}>{shortDayYear(atMs, 'UTC')}</time>
            </td>
            <td>
              {words.causeOf(cause)}
              {order !== undefined && (
                <>
                  {' '}
                  <a href={order.url}>{words.order(order.reference)}</a>{' '}
                  <a href={order.documentsUrl} aria-label={words.documentsOf(order.reference)}>
                    {words.documents}
                  </a>
                </>
              )}
            </td>
            <td class={changeMinor < 0 ? 'is-out' : 'is-in'}>{changeText(changeMinor, unit)}</td>
            <td data-label={words.balance}>{sumText(balanceMinor, unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
