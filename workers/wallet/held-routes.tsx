import { Hono } from 'hono';
import * as v from 'valibot';
import { fail } from '#shared/result.ts';
import { isWithBuyer } from '#shared/tickets/transfer.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { browserKey, nameBrowser } from '#workers/http/browser-id.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { keepTicket } from '#workers/operations/keep-ticket.ts';
import { snapshotCard } from '#workers/operations/present-event.ts';
import { reissueTicket } from '#workers/operations/reissue-ticket.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { backTo, ticketUrl } from './give-routes.tsx';
import { heldTicket } from './held-ticket.ts';
import { requireInHand } from './in-hand.ts';
import { ReissuePage } from './pages/reissue.tsx';

const reissueSchema = v.object({ key: v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/)) });

/** What its holder does with a ticket besides showing and giving it. */
export const held = new Hono<AppEnv>()
  .get(routes.ticketReissue, async (c) => {
    const found = await heldTicket(c);
    if (!found.ok) return refuse(c, found.failure);
    nameBrowser(c);
    const { eventId, ticketId, type } = found.value.ticket;
    const { title: eventTitle } = snapshotCard(found.value.order.snapshot, c.var.services.clock(), { eventId });
    const view = { eventId, ticketId, typeName: type.name, eventTitle, ticketUrl: ticketUrl(found.value) };
    c.header('Cache-Control', 'no-store');
    return c.html(<ReissuePage viewer={viewerOf(c)} view={{ ...view, key: crypto.randomUUID() }} />);
  })
  .post(routes.ticketReissue, async (c) => {
    const found = await heldTicket(c);
    if (!found.ok) return refuse(c, found.failure);
    const form = await parseForm(c, reissueSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { ticket } = found.value;
    const { eventId, ticketId } = ticket;
    const stop = await requireInHand(c, found.value, pathTo('ticketReissue', { eventId, ticketId }));
    if (stop !== undefined) return stop;
    const by = { cause: 'holder', byCustomerId: ticket.customerId, personId: c.var.person?.personId } as const;
    const made = await reissueTicket(c.var.services, ticket, { ...by, key: await browserKey(c, form.value.key) });
    if (!made.ok) return refuse(c, made.failure, backTo(found.value));
    return c.redirect(`${ticketUrl(found.value)}?done=anew`, 303);
  })
  .post(routes.ticketKeep, async (c) => {
    const found = await heldTicket(c);
    if (!found.ok) return refuse(c, found.failure);
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, fail('sign_in_required').failure);
    const { ticket, order } = found.value;
    // Bought, not given: its order is what an account keeps.
    if (isWithBuyer(ticket, order)) return c.redirect(ticketUrl(found.value), 303);
    const kept = await keepTicket(services, person.personId, ticket);
    if (!kept.ok) return refuse(c, kept.failure, backTo(found.value));
    const { eventId, ticketId } = ticket;
    return c.redirect(pathTo('ticketHeld', { eventId, ticketId }), 303);
  });
