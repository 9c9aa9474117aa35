import { exports } from 'cloudflare:workers';
import { expect } from 'vitest';
import { inventoryOf, only } from '#objects/event-inventory/client.ts';
import type { TicketType } from '#shared/inventory/rules.ts';
import { readIntoD1, type Bought } from '#test/support/customers.ts';
import { cookiesOf, origin, placeOrder, publishEvent, visit } from '#test/workers/http/site.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import { transferLink } from '#workers/operations/transfer-link.ts';
import { pathTo } from '#workers/routes.ts';
import { servicesOf } from '#workers/services.ts';
import { environment } from './environment.ts';

/** Tickets that pass from one to another, by the pages alone. */

/** Made before anybody asks for the worker's own: these are its services then, and its mails are delivered here. */
export const services = servicesOf(environment, sandboxes({ exports }));

export type Given = Bought & { readonly ticketId: string; readonly path: { eventId: string; ticketId: string } };
type Headers = Record<string, string>;

/** One bought ticket of an event of its own. */
export async function boughtTicket(
  email = `${crypto.randomUUID()}@givers.example`,
  draft: Partial<TicketType> = {},
): Promise<Given> {
  const { slug, eventId } = await publishEvent(draft);
  const placed = await placeOrder(slug, 1, { name: 'Ama Buyer', email });
  await readIntoD1(placed.order.orderId, eventId);
  const order = { ...placed.order, cookie: placed.cookie, slug, eventId };
  const ticketId = order.tickets[0]?.ticketId ?? '';
  return { ...order, ticketId, path: { eventId: order.eventId, ticketId } };
}

export function post(path: string, headers: Headers, fields: Record<string, string>): Promise<Response> {
  return visit(path, { method: 'POST', headers: { origin, ...headers }, body: new URLSearchParams(fields) });
}

export const buyerOf = ({ cookie }: Bought): Headers => ({ cookie });

/** Sends the form that offers a ticket. */
export function offer({ path }: Given, headers: Headers, fields: Record<string, string> = {}): Promise<Response> {
  const what = 'email' in fields ? 'mail' : 'link';
  return post(pathTo('ticketGive', path), headers, { do: what, key: crypto.randomUUID(), ...fields });
}

export async function shownTicket({ eventId, ticketId }: Given) {
  return only(await inventoryOf(environment.EVENT_INVENTORY, eventId).showTickets([ticketId]));
}

/** The token of the open offer: what stands in its link. */
export async function tokenOf(ticket: Given): Promise<string> {
  const { transfer } = await shownTicket(ticket);
  if (transfer === undefined) throw new Error('Nothing is offered');
  const link = await transferLink(services, { ...transfer, eventId: ticket.eventId });
  return new URL(link).searchParams.get('t') ?? '';
}

/** Offers a ticket as its buyer, and answers the link's token. */
export async function offered(ticket: Given, fields: Record<string, string> = {}): Promise<string> {
  const answer = await offer(ticket, buyerOf(ticket), fields);
  expect(answer.status).toBe(303);
  await readIntoD1(ticket.orderId, ticket.eventId);
  return tokenOf(ticket);
}

export function answerTransfer(
  token: string,
  what: 'accept' | 'decline' | 'prove',
  headers: Headers,
  fields: Record<string, string> = {},
): Promise<Response> {
  return post(pathTo('transferLink'), headers, { token, do: what, ...fields });
}

/** Opens the link as a browser does, and so has a name of its own. */
export async function openLink(token: string, headers: Headers = {}) {
  const page = await visit(`${pathTo('transferLink')}?t=${token}`, { headers });
  const { cookie: had } = headers;
  const cookies = [had, cookiesOf(page)].filter((part) => part !== undefined && part !== '').join('; ');
  return { status: page.status, text: await page.text(), headers: { ...headers, cookie: cookies }, page };
}

/** Accepts as whoever sends these headers; answers them with what the browser holds from then on. */
export async function accepted(ticket: Given, token: string, headers: Headers): Promise<Headers> {
  const answer = await answerTransfer(token, 'accept', headers);
  expect(answer.status).toBe(303);
  await readIntoD1(ticket.orderId, ticket.eventId);
  return { ...headers, cookie: [headers['cookie'], cookiesOf(answer)].filter(Boolean).join('; ') };
}

export async function statusOf(path: string, headers: Headers): Promise<number> {
  return (await visit(path, { headers })).status;
}

export const textOf = async (path: string, headers: Headers): Promise<string> =>
  (await visit(path, { headers })).text();
