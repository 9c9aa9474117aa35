import type { AuditRow } from '#d1/queries/audit-log.ts';
import { orderReference } from '#shared/ids.ts';
import { isDisputed } from '#shared/orders/dispute.ts';
import type { OrderSection } from '#shared/orders/order.ts';
import type { AuditAction } from '#shared/trail/audit.ts';
import type { LineToRefund } from '#workers/operations/refund-by-organiser.ts';
import type { SellersOrder } from '#workers/operations/studio-orders.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime, isoInstant } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { Payments, Refunds } from './order-desk/money.tsx';
import { RefundForms } from './order-desk/refund-forms.tsx';
import { Outcome } from './outcome.tsx';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.sellerOrders;

/** What one event or shop sold of the order, and what may still go back. */
export type PartToRefund = {
  readonly section: OrderSection;
  readonly lines: readonly LineToRefund[];
  readonly mayRefund: boolean;
  readonly mayOverrule: boolean;
  /** Of the two forms, a key each. */
  readonly freshKeys: readonly [string, string];
};

export type OrderDeskView = SellersOrder & {
  readonly parts: readonly PartToRefund[];
  readonly history: readonly AuditRow[];
  /** Of the people in it who still have one. */
  readonly names: ReadonlyMap<string, string>;
  readonly error: string | undefined;
  readonly hasDone: boolean;
};

type OrderDeskPageProps = { viewer: Viewer; tools: readonly Tool[]; view: OrderDeskView };

/** One order at its seller's desk: what was bought, where its money is, and what may be done about it. */
export function OrderDeskPage({ viewer, tools, view }: OrderDeskPageProps) {
  const { order, parts, error, hasDone, history } = view;
  const reference = orderReference(order.orderId);
  return (
    <Layout viewer={viewer} title={words.orderOf(reference)} section="studio" isPrivate>
      <header class="studio-head">
        <StudioTools current="orders" shown={tools} />
        <div class="opening">
          <h1>
            <small>{words.placed(dayAndTime(order.placedAtMs, 'UTC'))}</small>
            {reference}
          </h1>
          <p>{words.states[order.state]}</p>
        </div>
      </header>
      <Outcome error={error} notDone={words.refund.notDone} did={hasDone ? words.refund.did : undefined} />
      {isDisputed(order) && <p class="notice refusal">{words.disputed}</p>}
      <div class="books order-desk">
        <Buyer view={view} />
        {parts.map((part) => (
          <Part part={part} currency={order.snapshot.currency} />
        ))}
        <Payments view={view} />
        <Refunds view={view} />
        {parts
          .filter(({ mayRefund }) => mayRefund)
          .map((part) => (
            <RefundForms order={order} part={part} />
          ))}
        {history.length > 0 && <History rows={history} names={view.names} />}
      </div>
    </Layout>
  );
}

function Buyer({ view: { contact, isContactHidden } }: { view: OrderDeskView }) {
  return (
    <section aria-labelledby="buyer">
      <h2 id="buyer">{words.buyer}</h2>
      {contact === undefined ? (
        <p>{isContactHidden ? words.buyerHidden : words.buyerErased}</p>
      ) : (
        <p>
          <b>{contact.name}</b>
          <br />
          {contact.email}
          {contact.gift && (
            <>
              <br />
              {words.giftFor(contact.gift.name)}
            </>
          )}
        </p>
      )}
    </section>
  );
}

type PartProps = { part: PartToRefund; currency: Parameters<typeof sumText>[1] };

function Part({ part: { section, lines }, currency }: PartProps) {
  return (
    <section>
      <h2>{section.event?.title ?? section.shop?.name ?? words.lines}</h2>
      <ul class="payouts">
        {section.lines.map((line) => {
          const left = lines.find((known) => known.line.lineId === line.lineId);
          const used = left?.used.filter((ticket) => ticket.isUsed).length ?? 0;
          const given = (left?.used.length ?? 0) - used;
          const isLess = left !== undefined && left.quantity < line.quantity;
          return (
            <li>
              <b>{words.line(line.quantity, line.name)}</b>
              <span>{sumText(line.totalMinor, currency)}</span>
              {isLess && <span class="payout-state">{words.leftOf(left.quantity, line.quantity)}</span>}
              {used > 0 && (
                <span class="payout-state">
                  {used} {words.used}
                </span>
              )}
              {given > 0 && (
                <span class="payout-state">
                  {given} {words.given}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function History({ rows, names }: { rows: readonly AuditRow[]; names: OrderDeskView['names'] }) {
  return (
    <section aria-labelledby="history">
      <h2 id="history">{words.history}</h2>
      <ul class="payouts">
        {rows.map(({ atMs, action, actorId }) => (
          <li>
            <b>{messages.audit.actions[action as AuditAction]}</b>
            <span>{(actorId && names.get(actorId)) || <code>{actorId}</code>}</span>
            <time datetime={isoInstant(atMs)}>{dayAndTime(atMs, 'UTC')} UTC</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
