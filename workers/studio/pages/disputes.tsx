import type { DisputeRow } from '#d1/queries/disputes.ts';
import type { Currency } from '#shared/money/money.ts';
import { orderReference } from '#shared/ids.ts';
import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { isoInstant, shortDayYear } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.disputes;

type DisputesPageProps = { viewer: Viewer; tools: readonly Tool[]; disputes: readonly DisputeRow[] };

/** Those a bank waits for first. */
export function DisputesPage({ viewer, tools, disputes }: DisputesPageProps) {
  return (
    <Layout viewer={viewer} title={words.title} section="studio" isPrivate>
      <header class="studio-head">
        <StudioTools current="disputes" shown={tools} />
        <div class="opening">
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
      </header>
      {disputes.length === 0 ? (
        <p class="empty summary">{words.empty}</p>
      ) : (
        <ul class="gates dues">
          {disputes.map((dispute) => (
            <Dispute dispute={dispute} />
          ))}
        </ul>
      )}
    </Layout>
  );
}

function Dispute({ dispute }: { dispute: DisputeRow }) {
  const { id, orderId, amountMinor, currency, state, reason, answerByMs } = dispute;
  const isAsked = state === 'open' && answerByMs !== null;
  return (
    <li>
      <a href={pathTo('studioDispute', { disputeId: id })}>
        <b>{words.order(orderReference(orderId))}</b>
        <span>
          {sumText(amountMinor, currency as Currency)} · {words.states[state]}
          {isAsked && (
            <>
              {' · '}
              <time datetime={isoInstant(answerByMs)}>{words.answerBy(shortDayYear(answerByMs, 'UTC'))}</time>
            </>
          )}
        </span>
        <span>{words.reasonOf(reason)}</span>
      </a>
    </li>
  );
}
