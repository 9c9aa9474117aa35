import type { KeptTicket } from '#shared/wallet/kept-ticket.ts';
import { eventSpan } from '#workers/ui/messages/dates.ts';
import { liveCodeMessages, ticketMessages } from '#workers/ui/messages/en.ts';
import { windowsWords } from '#workers/ui/messages/ticket-words.ts';
import { element } from './elements.ts';
import { runLivePanel } from './live-panel.ts';
import { qrPicture } from './qr-picture.ts';

const words = ticketMessages;
const offline = liveCodeMessages.offline;

/** One kept ticket, as its own page shows it: what a gate reads first, the rest under it. */
export async function drawKeptTicket(
  into: HTMLElement,
  tickets: readonly KeptTicket[],
  ticketId: string,
): Promise<void> {
  const ticket = tickets.find((each) => each.ticketId === ticketId);
  const all = element('p', {}, element('a', { href: '/wallet' }, offline.all));
  if (ticket === undefined) {
    into.replaceChildren(element('p', { class: 'summary' }, offline.unknownTicket), all);
    return;
  }
  const code = element('section', { class: 'ticket-code', 'aria-label': words.qrLabel });
  const status = element('b', {}, words.status[ticket.status]);
  const article = element(
    'article',
    { class: `ticket ${ticket.paper} is-${ticket.status}` },
    head(ticket, status),
    code,
    facts(ticket),
  );
  into.replaceChildren(article, neighbours(tickets, ticket), all);
  await drawCode(code, ticket, status);
}

async function drawCode(code: HTMLElement, ticket: KeptTicket, status: HTMLElement): Promise<void> {
  const paper = ticket.code === undefined ? undefined : printed(ticket.code, ticket.handle);
  if (paper !== undefined) code.append(paper);
  if (ticket.live !== undefined) {
    const root = element('div', { class: 'live-code' });
    code.append(root);
    await runLivePanel({ root, paper, status: () => status }, { ...ticket, standing: ticket.live }, true);
  } else if (paper === undefined) {
    code.append(element('p', { class: 'no-code' }, words.withoutCode[ticket.status]));
  }
}

function printed(code: string, handle: string | undefined): HTMLElement {
  const picture = qrPicture(words.qrLabel);
  picture.show(code);
  const said = handle === undefined ? [] : [handlePart(handle)];
  return element('div', {}, picture.root, ...said);
}

function handlePart(handle: string): HTMLElement {
  return element('p', { class: 'handle' }, element('span', {}, words.handleLabel), element('code', {}, handle));
}

function head({ event, typeName, accessLevel }: KeptTicket, status: HTMLElement): HTMLElement {
  const when = eventSpan(event.startsAtMs, event.endsAtMs, event.timeZone);
  return element(
    'header',
    { class: 'ticket-head' },
    element('p', { class: 'ticket-status' }, status, element('span', {}, accessLevel)),
    element('h1', {}, event.title),
    element('p', { class: 'ticket-type' }, typeName),
    element('p', {}, when, element('br'), `${event.venueName}, ${event.city}`),
  );
}

function facts({ gates, zones, windows, event }: KeptTicket): HTMLElement {
  const fact = (term: string, said: string) =>
    element('div', { class: 'wide' }, element('dt', {}, term), element('dd', {}, said));
  const list = element(
    'dl',
    {},
    fact(words.gates, gates.length > 0 ? gates.join(', ') : words.anyGate),
    fact(words.valid, windowsWords(windows, event.timeZone)),
    fact(words.zones, zones.join(', ')),
  );
  return element('section', { class: 'ticket-facts' }, list);
}

/** The others of its order, for a family that goes through one after another with one phone. */
function neighbours(tickets: readonly KeptTicket[], { orderId, ticketId }: KeptTicket): HTMLElement {
  const family = tickets.filter((each) => each.orderId === orderId);
  const at = family.findIndex((each) => each.ticketId === ticketId);
  const link = (to: KeptTicket | undefined, text: string) =>
    to === undefined ? element('span') : element('a', { href: to.path }, text);
  return element(
    'nav',
    { class: 'ticket-nav', 'aria-label': words.otherTickets },
    link(family[at - 1], `← ${words.previous}`),
    element('p', {}, element('b', {}, family.length > 1 ? words.position(at + 1, family.length) : '')),
    link(family[at + 1], `${words.next} →`),
  );
}
