import { Hono } from 'hono';
import { showHandle } from '#shared/tickets/handle.ts';
import type { KeptTicket, WalletCopy } from '#shared/wallet/kept-ticket.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { readReader } from '#workers/http/reader.ts';
import { holdBack } from '#workers/http/refuse.tsx';
import { printedCode } from '#workers/operations/issue-code.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { stockOf } from '#workers/ui/components/stock.ts';
import { ticketsOfBrowser, type EventTicket } from './browser-tickets.ts';
import { liveView } from './live-view.ts';

/** What a phone keeps, so that its tickets open without network: everything its browser may show. */
export const walletCopy = new Hono<AppEnv>().get(routes.walletCopy, async (c) => {
  const { held, services } = c.var;
  if (held !== undefined && (await readReader(c)) === undefined) return holdBack(c, held);
  const { tickets, isComplete } = await ticketsOfBrowser(c);
  const kept = await Promise.all(tickets.map((each) => keptTicket(c, each)));
  const copy: WalletCopy = { tickets: kept, isComplete, nowMs: services.clock() };
  return c.json(copy);
});

async function keptTicket(c: AppContext, { ticket, event }: EventTicket): Promise<KeptTicket> {
  const { ticketId, orderId, type, status, windows, gates, zones, admitted } = ticket;
  const [code, live] = await Promise.all([printedCode(c.var.services, ticket), liveView(c, ticket)]);
  return {
    ticketId,
    orderId,
    path: pathTo('ticket', { orderId, ticketId }),
    activationPath: pathTo('ticketActivation', { orderId, ticketId }),
    typeName: type.name,
    accessLevel: type.accessLevel,
    paper: stockOf(type.accessLevel, type.tier),
    status,
    event: {
      title: event.title,
      venueName: event.venueName,
      city: event.city,
      timeZone: event.timeZone,
      startsAtMs: event.startsAtMs,
      endsAtMs: event.endsAtMs,
    },
    windows,
    gates,
    zones,
    form: type.code,
    isEntered: admitted > 0,
    code,
    handle: code === undefined ? undefined : showHandle(ticket.handle),
    live: live?.standing,
  };
}
