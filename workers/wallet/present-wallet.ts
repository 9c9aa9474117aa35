import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { currentAttempt, orderLines, orderQuantity, type Order } from '#shared/orders/order.ts';
import type { EpochMs } from '#shared/time.ts';
import { byUrgency, dateOf, nextTurnMs, sectionOf, type KeptTicket } from '#shared/wallet/sections.ts';
import { snapshotCard } from '#workers/operations/present-event.ts';
import { ticketCodeView } from '#workers/operations/ticket-code-view.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import { reservedLine, statusLine } from '#workers/ui/messages/wallet-words.ts';
import type { Belongings } from './belongings.ts';
import type { KnownTicket } from './own-tickets.ts';
import { ticketPaths, type TicketPaths } from './ticket-paths.ts';
import type { FeedSource, PassView, ReservedView, WalletTicket, WalletView } from './views.ts';

/** Codes one page draws: a coach party's. Each costs some ten kilobytes; the rest is a tap away. */
const passesMax = 12;
/** Orders a guest's page listens to, newest first; it asks for the others when it is looked at again. */
const orderFeedsMax = 4;
const ticketFeedsMax = 2;

/** Sorts a visitor's belongings into what matters now, later and no more, and draws the codes of today's tickets. */
export async function presentWallet(
  services: Services,
  { tickets, open, isPartial }: Belongings,
  feeds: FeedSource[],
): Promise<WalletView> {
  const now = services.clock();
  const listed = tickets.map((known) => ({ known, kept: keptOf(known), view: ticketView(known, now) }));
  const inSection = (section: WalletTicket['section']) =>
    listed
      .filter(({ view }) => view.section === section)
      .toSorted((one, other) => byUrgency(one.kept, other.kept, now));
  const today = inSection('now');
  const soonest = (one: { view: WalletTicket }, other: { view: WalletTicket }) => one.view.atMs - other.view.atMs;
  const passes = await Promise.all(today.slice(0, passesMax).map(({ known, view }) => passView(services, known, view)));
  const byEvent = [...Map.groupBy(passes, ({ event }) => event.slug).values()];
  return {
    today: byEvent.flatMap((of) => (of[0] === undefined ? [] : [{ event: of[0].event, passes: numbered(of) }])),
    todayMore: today.slice(passesMax).map(({ view }) => view),
    reserved: open.map((order) => reservedView(order, now)),
    coming: inSection('coming')
      .toSorted(soonest)
      .map(({ view }) => view),
    past: inSection('past')
      .toSorted((one, other) => soonest(other, one))
      .map(({ view }) => view),
    isPartial,
    feeds,
    turnMs: nextTurnMs(
      listed.map(({ kept }) => kept),
      now,
    ),
  };
}

/** An owner's own news, and that of each order and each given ticket which is not under their address. None while there is nothing to begin from. */
export function feedsOfWallet(
  { tickets, guestOrders, keptOrderIds }: Pick<Belongings, 'tickets' | 'guestOrders' | 'keptOrderIds'>,
  { customerId, after }: { customerId: string | undefined; after: string },
): FeedSource[] {
  const others = guestOrders.filter(({ snapshot }) => snapshot.customerId !== customerId);
  const orderIds = new Set([...others.map(({ orderId }) => orderId), ...keptOrderIds]);
  const given = tickets.flatMap(({ isGiven, shown }) =>
    isGiven && shown !== undefined && shown.customerId !== customerId ? shown : [],
  );
  const own = { socket: pathTo('walletFeed'), changes: pathTo('apiWalletChanges'), after };
  return [
    ...(customerId === undefined ? [] : [own]),
    ...[...orderIds].slice(0, orderFeedsMax).map((orderId) => feedOfOrder(orderId, after)),
    ...given.slice(0, ticketFeedsMax).map((ticket) => feedOfTicket(ticket, after)),
  ];
}

/** Of whoever was given it, with or without an account. */
export function feedOfTicket({ eventId, ticketId }: ShownTicket, after: string): FeedSource {
  const held = { eventId, ticketId };
  return { socket: pathTo('heldFeed', held), changes: pathTo('apiTicketChanges', held), after };
}

export function feedOfOrder(orderId: string, after: string): FeedSource {
  return { socket: pathTo('orderFeed', { orderId }), changes: pathTo('apiOrderChanges', { orderId }), after };
}

export function keptOf(known: KnownTicket): KeptTicket {
  const { event, shown } = known;
  if (shown === undefined) return { event, status: known.row.status, windows: [] };
  const { status, windows, lastEntry, type } = shown;
  return { event, status, windows, lastEntryAtMs: lastEntry?.atMs, codeFrom: type.codeFrom };
}

function ticketView(known: KnownTicket, now: EpochMs): WalletTicket {
  const { event, shown } = known;
  const kept = keptOf(known);
  const { ticketId } = shown ?? known.row;
  const { status } = kept;
  const facts = shown === undefined ? {} : { ...shown, admits: shown.type.admits, codeFrom: shown.type.codeFrom };
  return {
    ticketId,
    url: pathsOf(known).page,
    typeName: shown === undefined ? known.row.typeName : shown.type.name,
    event,
    status,
    section: sectionOf(kept, now),
    atMs: dateOf(kept, now),
    statusLine: statusLine({ ...facts, status, timeZone: event.timeZone }, now),
    accessLevel: shown?.type.accessLevel,
    tier: shown?.type.tier,
  };
}

async function passView(services: Services, known: KnownTicket, view: WalletTicket): Promise<PassView> {
  const { shown } = known;
  const isLive = shown !== undefined && isGood(view.status) && takesLiveCode(shown);
  const code = shown === undefined || isLive ? noCode : await ticketCodeView(services, shown);
  const barcodeUrl = code.handle !== undefined && code.isNumberEnough ? pathsOf(known).barcode : undefined;
  return { ...view, ...code, barcodeUrl, isLive, index: 0 };
}

const noCode = { qrSvg: undefined, handle: undefined, isNumberEnough: true };

/** The gate takes nothing else any more: paper that is live for re-entry lets in once. */
function takesLiveCode({ type, live, needsActivation, admitted }: ShownTicket): boolean {
  if (live === undefined && !needsActivation) return false;
  return type.code === 'live_only' || (type.code === 'live_for_reentry' && admitted > 0);
}

function pathsOf(known: KnownTicket): TicketPaths {
  return ticketPaths(known.shown ?? known.row, known.isGiven);
}

function isGood(status: WalletTicket['status']): boolean {
  return status === 'paid' || status === 'active';
}

function numbered(passes: readonly PassView[]): PassView[] {
  return passes.map((pass, at) => ({ ...pass, index: at + 1 }));
}

function reservedView(order: Order, now: EpochMs): ReservedView {
  const { orderId, snapshot, state, holdExpiresAtMs } = order;
  const untilMs = holdExpiresAtMs ?? currentAttempt(order)?.deadlineMs;
  const isPayable = untilMs !== undefined && (state === 'held' || state === 'firm');
  const event = snapshotCard(snapshot, now);
  return {
    orderId,
    url: pathTo('order', { orderId }),
    event,
    names: [...new Set(orderLines(snapshot).map(({ name }) => name))].join(', '),
    quantity: orderQuantity(snapshot),
    statusLine: reservedLine(isPayable ? untilMs : undefined, event.timeZone),
    isPayable,
  };
}
