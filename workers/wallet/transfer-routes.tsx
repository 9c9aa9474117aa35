import { Hono } from 'hono';
import * as v from 'valibot';
import { maskAddress } from '#shared/access/mask.ts';
import { nameSchema } from '#shared/people/contact.ts';
import { fail, type Failure } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { browserHash, nameBrowser } from '#workers/http/browser-id.ts';
import { linkReferrerPolicy } from '#workers/http/guards.ts';
import { readDevices } from '#workers/http/known-devices.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse, wantsJson } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { mayHoldTicket, rememberTicket } from '#workers/http/ticket-access.ts';
import { askForCode } from '#workers/operations/challenge.ts';
import {
  acceptTransfer,
  declineTransfer,
  transferNote,
  readTransferLink,
  receiverId,
  type OpenedTransfer,
  type Receiver,
} from '#workers/operations/transfer-link.ts';
import { snapshotCard } from '#workers/operations/present-event.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { ticketUrl } from './give-routes.tsx';
import { TransferOverPage, TransferPage, type TransferStep, type TransferView } from './pages/transfer.tsx';

const words = messages.transfers.accept;

const formSchema = v.object({
  token: v.pipe(v.string(), v.maxLength(1_000)),
  do: v.picklist(['accept', 'decline', 'prove']),
  name: v.optional(v.pipe(v.string(), v.maxLength(2_000)), ''),
});

/**
 * Where an offer's link leads. Opening it changes nothing, since mail scanners and chats open every link they see; each of its
 * buttons is a form of its own.
 */
export const transfers = new Hono<AppEnv>()
  .get(routes.transferLink, async (c) => {
    const token = c.req.query('t') ?? '';
    const opened = await readTransferLink(c.var.services, token);
    if (!opened.ok) return refuse(c, opened.failure, []);
    nameBrowser(c);
    return draw(c, opened.value, { token });
  })
  .post(routes.transferLink, async (c) => {
    const form = await parseForm(c, formSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { token } = form.value;
    const opened = await readTransferLink(c.var.services, token);
    if (!opened.ok) return refuse(c, opened.failure, []);
    if (form.value.do === 'decline') return decline(c, opened.value, token);
    return form.value.do === 'prove'
      ? prove(c, opened.value, token)
      : accept(c, opened.value, { token, name: form.value.name });
  });

async function accept(c: AppContext, opened: OpenedTransfer, { token, name }: { token: string; name: string }) {
  const { services } = c.var;
  const { transfer, order, eventId } = opened;
  // Trying one's own link must not hand the ticket to the browser it is in already.
  if (await isOwn(c, opened)) return no(c, opened, token, fail('transfer_to_self').failure);
  const holderName = asksName(opened) ? v.safeParse(nameSchema, name) : undefined;
  if (holderName?.success === false) return draw(c, opened, { token, nameError: true });
  const receiver = await receiverOf(c);
  const taken = await acceptTransfer(services, opened, receiver, holderName?.output);
  if (!taken.ok) return no(c, opened, token, taken.failure);
  const { ticketId } = transfer;
  const { customerId } = taken.value;
  await rememberTicket(c, { ticketId, eventId, customerId });
  return c.redirect(`${ticketUrl({ ticket: { ...transfer.ticket, customerId }, order })}?done=yours`, 303);
}

async function decline(c: AppContext, opened: OpenedTransfer, token: string) {
  const declined = await declineTransfer(c.var.services, opened);
  if (!declined.ok) return no(c, opened, token, declined.failure);
  return c.html(<TransferOverPage viewer={viewerOf(c)} title={words.declined} detail={words.declinedDetail} />);
}

/** Sends a code to the very address the ticket was sent to, which is typed by nobody here; signing in comes back to the offer. */
async function prove(c: AppContext, { transfer }: OpenedTransfer, token: string) {
  const { services } = c.var;
  const note = transfer.state === 'offered' ? await transferNote(services, transfer.transferId) : undefined;
  const next = `${pathTo('transferLink')}?t=${token}`;
  if (note?.address == null) return c.redirect(next, 303);
  const asking = { browserHash: await browserHash(c), deviceIds: await readDevices(c) };
  const to = { channel: 'email', address: note.address } as const;
  const asked = await askForCode(services, to, { purpose: 'sign_in' }, asking);
  if (!asked.ok) return refuse(c, asked.failure, [{ label: messages.transfers.give.back, href: next }]);
  return c.redirect(`${pathTo('signInCode')}?${new URLSearchParams({ c: asked.value, next }).toString()}`, 303);
}

async function receiverOf(c: AppContext): Promise<Receiver> {
  const { person } = c.var;
  if (person === undefined) return { browserHash: await browserHash(c) };
  return { personId: person.personId, email: person.email };
}

/** A refusal in its place on the page; what came of the offer meanwhile is looked at anew. */
async function no(c: AppContext, opened: OpenedTransfer, token: string, failure: Failure) {
  if (wantsJson(c)) return refuse(c, failure);
  const again = await readTransferLink(c.var.services, token);
  return draw(c, again.ok ? again.value : opened, { token, failure });
}

type Shown = { token: string; nameError?: boolean; failure?: Failure };

async function draw(c: AppContext, opened: OpenedTransfer, shown: Shown): Promise<Response> {
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', linkReferrerPolicy);
  const { services } = c.var;
  const { transfer, order } = opened;
  const { transferId, state, ticket, endsAtMs } = transfer;
  if (state !== 'offered') return drawOver(c, opened);
  const note = await transferNote(services, transferId);
  const view: TransferView = {
    token: shown.token,
    event: snapshotCard(order.snapshot, services.clock(), ticket),
    typeName: ticket.type.name,
    accessLevel: ticket.type.accessLevel,
    tier: ticket.type.tier,
    giverName: note?.giverName ?? undefined,
    message: note?.message ?? undefined,
    endsAtMs,
    next: await stepOf(c, opened, note?.address ?? undefined, shown),
  };
  const status = shown.failure === undefined ? (shown.nameError ? 422 : 200) : problemOf(shown.failure).status;
  return c.html(<TransferPage viewer={viewerOf(c)} view={view} />, status);
}

async function stepOf(
  c: AppContext,
  opened: OpenedTransfer,
  address: string | undefined,
  { token, failure, nameError = false }: Shown,
): Promise<TransferStep> {
  const { transfer, order } = opened;
  if (await isOwn(c, opened)) return { kind: 'own', ticketUrl: ticketUrl({ ticket: transfer.ticket, order }) };
  const why = failure ?? transfer.ticket.whyNotGiven;
  if (why !== undefined && why.code !== 'transfer_for_another') return { kind: 'refused', ...problemOf(why) };
  const { person } = c.var;
  const isBearer = transfer.forCustomerId === undefined;
  const isTheirs = isBearer || (await asWhom(c, transfer.transferId)) === transfer.forCustomerId;
  if (!isTheirs) {
    const signedInAs = person === undefined ? undefined : person.email || person.name || person.phone;
    return { kind: 'prove', address: address === undefined ? '' : maskAddress(address), signedInAs };
  }
  const next = new URLSearchParams({ next: `${pathTo('transferLink')}?t=${token}` });
  const signInUrl = `${pathTo('signIn')}?${next.toString()}`;
  return { kind: 'accept', isBearer, isGuest: person === undefined, asksName: asksName(opened), nameError, signInUrl };
}

async function asWhom(c: AppContext, transferId: string): Promise<string> {
  return receiverId(c.var.services, transferId, await receiverOf(c));
}

/** To whoever accepted it, their ticket; to everybody else, what became of the offer. */
async function drawOver(c: AppContext, { transfer, order }: OpenedTransfer): Promise<Response> {
  const { ticket, state } = transfer;
  if (state === 'accepted' && (await mayHoldTicket(c, ticket, order))) {
    return c.redirect(ticketUrl({ ticket, order }), 303);
  }
  const { status, detail } = problemOf(fail('transfer_over', { state }).failure);
  const title = state === 'offered' ? words.title : words.over[state];
  return c.html(<TransferOverPage viewer={viewerOf(c)} title={title} detail={detail} />, status);
}

/** Whoever offers it opened the link themselves; but not who proved to be meant, in a browser that a family shares. */
async function isOwn(c: AppContext, { transfer, order }: OpenedTransfer): Promise<boolean> {
  const { transferId, forCustomerId } = transfer;
  if (forCustomerId !== undefined && (await asWhom(c, transferId)) === forCustomerId) return false;
  return transfer.ticket.customerId === transfer.fromCustomerId && mayHoldTicket(c, transfer.ticket, order);
}

function asksName({ transfer }: OpenedTransfer): boolean {
  return transfer.ticket.type.identity !== 'none';
}
