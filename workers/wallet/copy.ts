import { Hono } from 'hono';
import { walletLimit } from '#d1/queries/wallet.ts';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { showHandle } from '#shared/tickets/handle.ts';
import { dayMs } from '#shared/time.ts';
import type { KeptTicket, WalletCopy } from '#shared/wallet/kept-ticket.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { readReader } from '#workers/http/reader.ts';
import { holdBack } from '#workers/http/refuse.tsx';
import { printedCode } from '#workers/operations/issue-code.ts';
import { routes } from '#workers/routes.ts';
import { stockOf } from '#workers/ui/components/stock.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { liveView } from './live-view.ts';
import { ownTickets } from './own-tickets.ts';
import { ticketPaths } from './ticket-paths.ts';

/** A family's tickets for a season; a phone is no archive. */
const ticketsMax = 100;
/** Somebody still stands at a gate whose event ended by the clock. */
const keptAfterMs = dayMs;

/** What a phone keeps, so that its tickets open without network: everything its browser may show. */
export const walletCopy = new Hono<AppEnv>().get(routes.walletCopy, async (c) => {
  const { held, services } = c.var;
  if (held !== undefined && (await readReader(c)) === undefined) return holdBack(c, held);
  const endedAtMs = services.clock() - keptAfterMs;
  const { tickets, isComplete, rows = [] } = await ownTickets(c, ({ endsAtMs }) => endsAtMs > endedAtMs);
  const whole = tickets.flatMap(({ event, shown, isGiven }) =>
    shown === undefined ? [] : [{ event, shown, isGiven }],
  );
  const soonest = whole.toSorted((one, other) => one.event.startsAtMs - other.event.startsAtMs);
  const copy: WalletCopy = {
    tickets: await Promise.all(soonest.slice(0, ticketsMax).map((each) => keptTicket(c, each))),
    isComplete: isComplete && rows.length < walletLimit && whole.length <= ticketsMax,
    nowMs: services.clock(),
  };
  return c.json(copy);
});

type WholeTicket = { readonly event: EventCard; readonly shown: ShownTicket; readonly isGiven: boolean };

async function keptTicket(c: AppContext, { event, shown: ticket, isGiven }: WholeTicket): Promise<KeptTicket> {
  const paths = ticketPaths(ticket, isGiven);
  const { ticketId, type, status, windows, gates, zones, admitted } = ticket;
  const [code, live] = await Promise.all([printedCode(c.var.services, ticket), liveView(c, ticket, paths.activation)]);
  return {
    ticketId,
    orderId: isGiven ? ticketId : ticket.orderId,
    path: paths.page,
    activationPath: paths.activation,
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
