import type { KeptTicket } from '#shared/wallet/kept-ticket.ts';
import { clockTime, dayNumber, isoInstant, monthName, weekday } from '#workers/ui/messages/dates.ts';
import { liveCodeMessages, ticketMessages } from '#workers/ui/messages/en.ts';
import { element } from './elements.ts';

const words = liveCodeMessages.offline;

/** The list of kept tickets, as the wallet's own page shows it, soonest first. */
export function drawKeptWallet(into: HTMLElement, tickets: readonly KeptTicket[]): void {
  const title = element('div', { class: 'opening' }, element('h1', {}, words.title));
  if (tickets.length === 0) {
    const summary = element('p', { class: 'summary' }, words.empty);
    into.replaceChildren(title, element('div', { class: 'empty' }, summary, element('p', {}, words.emptyDetail)));
    return;
  }
  // A family's tickets stay together.
  const soonestFirst = [...tickets].sort(
    (one, other) => startOf(one) - startOf(other) || one.orderId.localeCompare(other.orderId),
  );
  into.replaceChildren(title, element('ul', { class: 'stubs' }, ...soonestFirst.map(stub)));
}

function startOf({ windows, event }: KeptTicket): number {
  return windows[0]?.from ?? event.startsAtMs;
}

function stub(ticket: KeptTicket): HTMLElement {
  const { event, typeName, path, paper, status } = ticket;
  const from = startOf(ticket);
  const { timeZone } = event;
  const date = element(
    'time',
    { class: 'date', datetime: isoInstant(from) },
    element('span', {}, weekday(from, timeZone)),
    element('b', {}, dayNumber(from, timeZone)),
    element('span', {}, monthName(from, timeZone)),
  );
  const particulars = element(
    'div',
    {},
    element('p', {}, event.title),
    element('h3', {}, element('a', { href: path }, typeName)),
    element('p', {}, `${clockTime(from, timeZone)}, ${event.venueName}`),
    element('p', { class: 'stub-foot' }, element('b', {}, ticketMessages.status[status])),
  );
  return element('li', { class: `stub ${paper}` }, date, particulars);
}
