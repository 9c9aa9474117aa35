import { firstGoodAt, soonestFirst, type KeptTicket } from '#shared/wallet/kept-ticket.ts';
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
  into.replaceChildren(title, element('ul', { class: 'stubs' }, ...soonestFirst(tickets).map(stub)));
}

function stub(ticket: KeptTicket): HTMLElement {
  const { event, typeName, path, paper, status } = ticket;
  const from = firstGoodAt(ticket);
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
