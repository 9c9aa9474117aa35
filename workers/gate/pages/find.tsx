import { overrideCauses } from '#shared/admission/verdict.ts';
import { pathTo } from '#workers/routes.ts';
import { Document } from '#workers/ui/document.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { FindView, FoundOrder, FoundTicket, OpenedOrder } from '../views.ts';

const words = messages.gate.find;
const steps = messages.gate.steps;

/** An address is the longest thing that can be searched for. */
const typedMax = 254;

export function FindPage({ view }: { view: FindView }) {
  const { event, gateId, typed, opened } = view;
  const back = `${pathTo('gateEvent', { slug: event.slug })}?gate=${encodeURIComponent(gateId)}`;
  return (
    <Document title={words.title} bodyClass="gate" isPrivate>
      <main class="gate-page gate-find">
        <p>
          <a href={back}>← {words.back}</a>
        </p>
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <form method="post" action={pathTo('gateFind', { slug: event.slug })}>
          <label for="typed">{words.label}</label>
          <p class="small" id="typed-hint">
            {words.hint}
          </p>
          <input
            id="typed"
            name="typed"
            type="text"
            required
            value={typed}
            maxlength={typedMax}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-describedby="typed-hint"
          />
          <input type="hidden" name="gate" value={gateId} />
          <button class="button">{opened ? words.again : words.search}</button>
        </form>
        <Found view={view} />
        {opened && <Opened view={view} order={opened} />}
      </main>
    </Document>
  );
}

function Found({ view }: { view: FindView }) {
  const { orders, handle, given, event, gateId } = view;
  if (orders === undefined) return null;
  if (orders.length === 0 && given.length === 0 && handle === undefined) {
    return (
      <div role="status">
        <h2>{words.none}</h2>
        <p>{words.noneDetail}</p>
      </div>
    );
  }
  return (
    <ul class="found">
      {handle !== undefined && (
        <li>
          <h3>{words.number(handle)}</h3>
          <Let view={view} code={handle} ticketId="" />
        </li>
      )}
      {orders.map((order) => (
        <Choice order={order} slug={event.slug} gateId={gateId} />
      ))}
      {given.map((ticket) => (
        <li>
          <Ticket ticket={ticket} />
          <p>{words.given}</p>
          <Let view={view} code={ticket.handle} ticketId={ticket.ticketId} />
        </li>
      ))}
    </ul>
  );
}

function Choice({ order, slug, gateId }: { order: FoundOrder; slug: string; gateId: string }) {
  return (
    <li>
      <h3>{words.order(order.reference)}</h3>
      <p>{words.tickets(order.tickets)}</p>
      <form method="post" action={pathTo('gateFind', { slug })}>
        <input type="hidden" name="gate" value={gateId} />
        <input type="hidden" name="order" value={order.orderId} />
        <button class="button">{words.choose}</button>
      </form>
    </li>
  );
}

function Opened({ view, order }: { view: FindView; order: OpenedOrder }) {
  return (
    <section aria-labelledby="opened">
      <h2 id="opened">{words.order(order.reference)}</h2>
      <p>
        {words.holder}: <b>{order.holderName ?? words.erased}</b>
      </p>
      <ul class="found">
        {order.tickets.map((ticket) => (
          <li>
            {ticket.isGiven ? <h3>{ticket.typeName}</h3> : <Ticket ticket={ticket} />}
            {ticket.isGiven && <p>{words.givenAway}</p>}
            {!ticket.isGiven && <Let view={view} code={ticket.handle} ticketId={ticket.ticketId} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ticket({ ticket: { typeName, handle, status, entries } }: { ticket: FoundTicket }) {
  return (
    <>
      <h3>{typeName}</h3>
      <p>
        {words.number(handle)}. {messages.ticket.status[status as keyof typeof messages.ticket.status] ?? status}.{' '}
        {words.entries(entries)}.
      </p>
    </>
  );
}

/** Decided as if it had been scanned at this gate; or against the rules, for a reason that is recorded. */
function Let({ view, code, ticketId }: { view: FindView; code: string; ticketId: string }) {
  const action = pathTo('gateScan', { slug: view.event.slug });
  const fields = () => (
    <>
      <input type="hidden" name="gate" value={view.gateId} />
      <input type="hidden" name="scan_id" value={view.freshId()} />
      <input type="hidden" name="code" value={code} />
      <input type="hidden" name="ticket_id" value={ticketId} />
    </>
  );
  return (
    <>
      <form method="post" action={action}>
        {fields()}
        <button class="button">{words.check}</button>
      </form>
      <details>
        <summary>{steps.byHand}</summary>
        <form method="post" action={action}>
          {fields()}
          <label>
            <span>{steps.cause}</span>
            <select name="cause" required>
              <option value="">{steps.causeNone}</option>
              {overrideCauses.map((cause) => (
                <option value={cause}>{steps.causes[cause]}</option>
              ))}
            </select>
          </label>
          <button class="button">{steps.byHandConfirm}</button>
          <p class="small">{steps.byHandHint}</p>
        </form>
      </details>
    </>
  );
}
