import type { ActivatedTicket, CodeToIssue, ShownTicket } from '#objects/event-inventory/client.ts';
import { readPrintedCode } from '#shared/tickets/code.ts';
import { writePass, type LivePass } from '#shared/tickets/live-code.ts';
import { issuedBytes } from '#shared/tickets/verify.ts';
import { fromBase64Url, toBase64Url } from '#workers/keys/signed-token.ts';
import type { Services } from '#workers/services.ts';

/** The printed code, made anew from what the inventory says; undefined when the ticket may not show one. */
export async function printedCode(services: Services, ticket: ShownTicket): Promise<string | undefined> {
  if (ticket.code === undefined) return undefined;
  const text = await services.tickets.issue(ticket.code.header, ticket.code.grants);
  const code = readPrintedCode(text);
  if (code !== undefined) await keepIssued(services, ticket, ticket.code, issuedBytes(code));
  return text;
}

/** What the device that bears a ticket needs to write its codes by itself; undefined for a key that cannot be read. */
export async function livePass(
  services: Services,
  eventId: string,
  ticket: ActivatedTicket,
): Promise<LivePass | undefined> {
  const holderKey = fromBase64Url(ticket.holderKey);
  if (holderKey === undefined) return undefined;
  const pass = await services.tickets.issueLive(ticket.header, ticket.grants, holderKey);
  await keepIssued(services, { eventId, ticketId: ticket.ticketId }, ticket, writePass(pass));
  return pass;
}

/**
 * Tells the inventory what was issued, the first time only, so that scans at a busy gate need not verify our own signature.
 * That it could not be told delays those scans by a twentieth of a millisecond each: no reason to show no ticket.
 */
async function keepIssued(
  services: Services,
  { eventId, ticketId }: { eventId: string; ticketId: string },
  { form, header, isDigestKept }: CodeToIssue,
  issued: Uint8Array,
): Promise<void> {
  if (isDigestKept) return;
  const digest = toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', issued)));
  const { generation, keyId } = header;
  await services
    .inventory(eventId)
    .keepDigests([{ ticketId, form, generation, keyId, digest }])
    .catch((error: unknown) => console.error('an issued code was not remembered', error));
}
