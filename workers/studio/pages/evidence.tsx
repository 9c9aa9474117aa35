import type { Child } from 'hono/jsx';
import type { Currency } from '#shared/money/money.ts';
import { orderReference } from '#shared/ids.ts';
import type { Evidence, EvidenceLine, EvidenceScan } from '#workers/operations/dispute-evidence.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { eventSpan, isoInstant, timeStamp } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.disputes;
/** Banks sit in no event's zone. */
const utc = 'UTC';

type EvidencePageProps = { viewer: Viewer; tools: readonly Tool[]; evidence: Evidence };

/** To be printed and handed in: what is asked and until when, what was bought, how it was delivered, and that it was used. */
export function EvidencePage({ viewer, tools, evidence }: EvidencePageProps) {
  const { dispute, order, lines } = evidence;
  const title = words.evidenceTitle(orderReference(order.orderId));
  return (
    <Layout viewer={viewer} title={title} section="studio" isPrivate islands={['ui/print.island.js']}>
      <header class="studio-head">
        <div class="on-screen">
          <StudioTools current="disputes" shown={tools} />
        </div>
        <div class="opening">
          <h1>
            <small>{words.kicker}</small>
            {words.order(orderReference(order.orderId))}
          </h1>
          <p>
            {dispute.state === 'open' && dispute.answerByMs !== null && (
              <b>
                <Moment atMs={dispute.answerByMs} words={words.answerBy} />.{' '}
              </b>
            )}
            <span class="on-screen">{words.next[dispute.state]}</span>
          </p>
        </div>
      </header>
      <p class="on-screen">
        <button class="button" data-print-page hidden>
          {words.print}
        </button>
      </p>
      <div class="books evidence">
        <Payment evidence={evidence} />
        <Bought lines={lines} currency={dispute.currency as Currency} />
        <Delivered evidence={evidence} />
        <AtGates scans={evidence.scans} />
      </div>
    </Layout>
  );
}

function Part({ id, title, children }: { id: string; title: string; children?: Child }) {
  return (
    <section aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{title}</h2>
      </div>
      {children}
    </section>
  );
}

function Moment({
  atMs,
  zone = utc,
  words: say = String,
}: {
  atMs: number;
  zone?: string;
  words?: (at: string) => string;
}) {
  return <time datetime={isoInstant(atMs)}>{say(timeStamp(atMs, zone))}</time>;
}

function Payment({ evidence: { dispute, order, paymentRef, buyer } }: { evidence: Evidence }) {
  const currency = dispute.currency as Currency;
  const facts: (readonly [string, Child])[] = [
    [words.disputed, <b>{sumText(dispute.amountMinor, currency)}</b>],
    [words.why, words.reasonOf(dispute.reason)],
    [words.openedAt, <Moment atMs={dispute.openedAtMs} />],
    [words.fee, sumText(dispute.feeMinor, currency)],
    [words.payment, <code>{paymentRef}</code>],
    [words.boughtAt, <Moment atMs={order.placedAtMs} />],
    [words.buyer, buyer === undefined ? words.erased : `${buyer.name}, ${buyer.email}`],
  ];
  return (
    <Part id="payment" title={words.facts}>
      <dl class="mail-head">
        {facts.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </Part>
  );
}

function Bought({ lines, currency }: { lines: readonly EvidenceLine[]; currency: Currency }) {
  return (
    <Part id="bought" title={words.bought}>
      <table class="sums earnings">
        <thead>
          <tr>
            <th scope="col">{words.item}</th>
            <th scope="col">{words.quantity}</th>
            <th scope="col">{words.price}</th>
            <th scope="col">{words.back}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, quantity, totalMinor, backMinor, event }) => (
            <tr>
              <th scope="row">
                {name}
                {event !== undefined && (
                  <small>
                    {event.title}, {event.venueName}, {event.city},{' '}
                    {eventSpan(event.startsAtMs, event.endsAtMs, event.timeZone)}
                  </small>
                )}
              </th>
              <td data-label={words.quantity}>{quantity}</td>
              <td data-label={words.price}>{sumText(totalMinor, currency)}</td>
              <td data-label={words.back}>{backMinor === 0 ? '–' : sumText(backMinor, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Delivered({ evidence: { buyer, undelivered, devices } }: { evidence: Evidence }) {
  return (
    <Part id="delivered" title={words.delivered}>
      <p>{buyer === undefined ? words.noAddress : words.confirmation(buyer.email)}</p>
      {undelivered.map(({ failedAtMs }) => (
        <p>{words.undelivered(timeStamp(failedAtMs, utc))}</p>
      ))}
      {devices.length === 0 ? (
        <p>{words.noDevices}</p>
      ) : (
        <>
          <h3>{words.devices}</h3>
          <ul>
            {devices.map(({ name, createdAtMs, lastSeenAtMs }) => (
              <li>{words.device(name, timeStamp(createdAtMs, utc), timeStamp(lastSeenAtMs, utc))}</li>
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}

function AtGates({ scans }: { scans: readonly EvidenceScan[] }) {
  return (
    <Part id="gates" title={words.scans}>
      {scans.length === 0 ? (
        <p>{words.noScans}</p>
      ) : (
        <table class="sums earnings">
          <thead>
            <tr>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.ticket}</th>
              <th scope="col">{words.gate}</th>
              <th scope="col">{words.result}</th>
            </tr>
          </thead>
          <tbody>
            {scans.map((scan) => (
              <tr>
                <th scope="row">
                  <Moment atMs={scan.atMs} zone={scan.timeZone} />
                </th>
                <td data-label={words.ticket}>
                  {scan.typeName}, {scan.eventTitle}
                </td>
                <td data-label={words.gate}>{scan.gateName ?? words.gateGone}</td>
                <td data-label={words.result}>{resultOf(scan)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  );
}

function resultOf({ outcome, isOut, isUndone }: EvidenceScan): string {
  const said = isOut ? words.out : (messages.gate.outcomes[outcome as keyof typeof messages.gate.outcomes] ?? outcome);
  return isUndone ? `${said}, ${words.undone}` : said;
}
