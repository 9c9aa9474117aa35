import { Hono } from 'hono';
import * as v from 'valibot';
import { emailSchema } from '#shared/access/address.ts';
import { transferMessageSchema, giverNameSchema } from '#shared/people/transfer-note.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { browserKey, nameBrowser } from '#workers/http/browser-id.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse, wantsJson } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { transferLink, transferNote } from '#workers/operations/transfer-link.ts';
import { giveTicket, takeTransferBack } from '#workers/operations/give-ticket.ts';
import { snapshotCard } from '#workers/operations/present-event.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { heldTicket, pathsOf, type Held } from './held-ticket.ts';
import { requireInHand } from './in-hand.ts';
import { GivePage, type TransferErrors, type TransferTyped, type GiveView } from './pages/give.tsx';

const words = messages.transfers.give;

const key = v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/));
const typedText = v.fallback(v.pipe(v.string(), v.maxLength(2_000)), '');
const formSchema = v.variant('do', [
  v.object({ do: v.literal('mail'), key, email: typedText, giverName: typedText, message: typedText }),
  v.object({ do: v.literal('link'), key }),
  v.object({ do: v.literal('withdraw') }),
]);
type Form = v.InferOutput<typeof formSchema>;

const nothing: TransferTyped = { email: '', giverName: '', message: '' };

/** Offering a ticket to somebody, and taking the offer back. */
export const give = new Hono<AppEnv>()
  .get(routes.ticketGive, async (c) => {
    const held = await heldTicket(c);
    if (!held.ok) return refuse(c, held.failure);
    // Looking needs it as well: the link of an open offer stands here, and is good for whoever has it.
    const stop = await requireInHand(c, held.value, pathTo('ticketGive', placeOf(held.value)));
    if (stop !== undefined) return stop;
    nameBrowser(c);
    return draw(c, held.value, {});
  })
  .post(routes.ticketGive, async (c) => {
    const held = await heldTicket(c);
    if (!held.ok) return refuse(c, held.failure);
    const form = await parseForm(c, formSchema);
    if (!form.ok) return refuse(c, form.failure);
    // Taking it back leaves the ticket where it is.
    if (form.value.do === 'withdraw') return withdraw(c, held.value);
    const stop = await requireInHand(c, held.value, pathTo('ticketGive', placeOf(held.value)));
    return stop ?? offer(c, held.value, form.value);
  });

async function withdraw(c: AppContext, held: Held) {
  const { transfer } = held.ticket;
  // Taken back twice, or accepted just now: the ticket's page says how it stands.
  const taken = transfer && (await takeTransferBack(c.var.services, held.ticket, transfer));
  if (taken?.ok === false) return refuse(c, taken.failure, backTo(held));
  return c.redirect(`${ticketUrl(held)}${taken === undefined ? '' : '?done=taken_back'}`, 303);
}

async function offer(c: AppContext, held: Held, form: Exclude<Form, { do: 'withdraw' }>) {
  const { services } = c.var;
  const typed = form.do === 'mail' ? form : nothing;
  const read = readNote(typed, form.do === 'mail');
  if (read.errors !== undefined) return draw(c, held, { typed, errors: read.errors });
  // Of this ticket: one key for two would have the second's mail go to the first one's address, past the brakes.
  const offerKey = await browserKey(c, `${held.ticket.ticketId}/${form.key}`);
  const given = await giveTicket(services, held.ticket, { key: offerKey, ...read.note });
  if (given.ok) return c.redirect(pathTo('ticketGive', placeOf(held)), 303);
  if (wantsJson(c)) return refuse(c, given.failure);
  return draw(c, held, { typed, problem: problemOf(given.failure) });
}

type Note = { email?: string; giverName?: string; message?: string };

/** What was typed, or what is wrong with it, by field. What was left empty is left out. */
function readNote(
  typed: TransferTyped,
  isMailed: boolean,
): { note: Note; errors?: undefined } | { errors: TransferErrors } {
  const email = v.safeParse(emailSchema, typed.email);
  const giverName = v.safeParse(giverNameSchema, typed.giverName);
  const message = v.safeParse(transferMessageSchema, typed.message);
  const errors: TransferErrors = {
    ...(isMailed && !email.success && { email: words.emailError }),
    ...(typed.giverName.trim() !== '' && !giverName.success && { giverName: words.giverNameError }),
    ...(!message.success && { message: words.messageError }),
  };
  if (Object.keys(errors).length > 0) return { errors };
  const note: Note = {
    ...(isMailed && email.success && { email: email.output }),
    ...(giverName.success && { giverName: giverName.output }),
    ...(message.success && message.output !== '' && { message: message.output }),
  };
  return { note };
}

type Shown = { typed?: TransferTyped; errors?: TransferErrors; problem?: ReturnType<typeof problemOf> };

async function draw(c: AppContext, held: Held, { typed = nothing, errors = {}, problem }: Shown) {
  const { services } = c.var;
  const { ticket, order } = held;
  const view: GiveView = {
    ...placeOf(held),
    ticketUrl: ticketUrl(held),
    event: snapshotCard(order.snapshot, services.clock(), ticket),
    typeName: ticket.type.name,
    state:
      (await offeredState(c, held)) ??
      stateOf(held, { kind: 'form', key: crypto.randomUUID(), typed, errors, problem }),
  };
  c.header('Cache-Control', 'no-store');
  const status = problem?.status ?? (Object.keys(errors).length > 0 ? 422 : 200);
  return c.html(<GivePage viewer={viewerOf(c)} view={view} />, status);
}

async function offeredState(c: AppContext, { ticket }: Held): Promise<GiveView['state'] | undefined> {
  const { transfer, eventId } = ticket;
  if (transfer === undefined) return undefined;
  const { transferId, endsAtMs, forCustomerId } = transfer;
  const { services } = c.var;
  if (forCustomerId === undefined) {
    return {
      kind: 'offered',
      address: undefined,
      link: await transferLink(services, { transferId, eventId, endsAtMs }),
      endsAtMs,
    };
  }
  const address = (await transferNote(services, transferId))?.address ?? undefined;
  return { kind: 'offered', address, link: undefined, endsAtMs };
}

function stateOf({ ticket }: Held, form: GiveView['state']): GiveView['state'] {
  const { whyNotGiven } = ticket;
  return whyNotGiven === undefined ? form : { kind: 'cannot', why: problemOf(whyNotGiven) };
}

function placeOf({ ticket: { eventId, ticketId } }: Held) {
  return { eventId, ticketId };
}

/** Where the ticket is shown. */
export function ticketUrl(held: Held): string {
  return pathsOf(held).page;
}

export function backTo(held: Held) {
  return [{ label: words.back, href: ticketUrl(held) }];
}
