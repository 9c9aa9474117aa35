import * as v from 'valibot';
import {
  addWaitlistContact,
  findWaitlistContact,
  onePlaceEach,
  removeWaitlistContact,
  removeWaitlistContactsOf,
  waitlistContactOf,
  type WaitlistContact,
} from '#d1/queries/waitlist.ts';
import { offerTtlMs, only, type WaitlistStatus } from '#objects/event-inventory/client.ts';
import { waitingBrake } from '#shared/access/brakes.ts';
import { needsEntitlement, ticketTypeOf } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { minuteMs, type EpochMs } from '#shared/time.ts';
import { customerIdOf, normaliseEmail } from '#workers/keys/pseudonym.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import { brake } from './brake.ts';
import { eventForSale, type EventForSale } from './event-for-sale.ts';

/** How long what came back is set aside for whoever is next. */
export const offerMinutes = offerTtlMs / minuteMs;

export type JoinRequest = {
  readonly typeId: string;
  readonly quantity: number;
  readonly email: string;
  /** Names this attempt: the same key again is the same place in the line. */
  readonly key: string;
};

const keyDigits = 40;

/**
 * Takes a place in the line. Whoever has one for this type already keeps that one: asking again neither moves them nor
 * tells anybody that they had it, because the answer is the same.
 */
export async function joinWaitlist(
  services: Services,
  { event, rules }: EventForSale,
  { typeId, quantity, email: typed, key }: JoinRequest,
): Promise<Result<undefined>> {
  const { db, settings, clock } = services;
  const type = ticketTypeOf(rules, typeId);
  if (type === undefined || needsEntitlement(type)) return fail('ticket_type_unknown');
  const email = normaliseEmail(typed);
  const allowed = await brake(services, [{ ...waitingBrake, subject: email }]);
  if (!allowed.ok) return allowed;
  const customerId = await customerIdOf(settings.masterKey, email);
  const known = await waitlistContactOf(db, { email, eventId: event.id, typeId });
  if (known !== undefined && isInLine(await statusOf(services, known, customerId))) return ok();
  const entryId = `wtl_${key.slice(0, keyDigits)}`;
  // First the contact: an offer may follow at once, and must find whom to write to.
  const contact = { entryId, eventId: event.id, typeId, quantity, email, createdAtMs: clock() };
  const isNew = await addWaitlistContact(db, contact);
  const joined = only(await services.inventory(event.id).joinWaitlist([{ entryId, customerId, typeId, quantity }]));
  if (!joined.ok) {
    if (isNew) await removeWaitlistContact(db, entryId);
    return joined;
  }
  await services.queueMessage({ kind: 'waitlist_joined', entryId });
  return ok();
}

function isInLine(status: WaitlistStatus | undefined): boolean {
  return status === 'waiting' || status === 'offered';
}

/** Joining under an id that has joined before changes nothing and answers how that place stands. */
async function statusOf(
  services: Services,
  { entryId, eventId, typeId, quantity }: WaitlistContact,
  customerId: string,
): Promise<WaitlistStatus | undefined> {
  const inventory = services.inventory(eventId);
  const answer = only(await inventory.joinWaitlist([{ entryId, customerId, typeId, quantity }]));
  return answer.ok ? answer.value.status : undefined;
}

const purpose = 'waitlist';
const linkSchema = v.object({ entryId: v.string(), offerEndsAtMs: v.optional(v.number()), expiresAtMs: v.number() });

/** For a mail: opens the page of one place in a line, until the event is over. `offerEndsAtMs` when it tells of an offer. */
export async function waitlistLink(
  services: Services,
  place: { readonly entryId: string; readonly offerEndsAtMs?: EpochMs | undefined; readonly expiresAtMs: EpochMs },
): Promise<string> {
  const token = await signToken(services.settings.masterKey, purpose, place);
  return `${services.settings.publicOrigin}${pathTo('waitlistLink')}?t=${token}`;
}

/** A place in a line as its owner sees it. No number: somebody before them may leave, and those who wait for more go first. */
export type WaitlistPlace = {
  readonly contact: WaitlistContact;
  readonly sale: EventForSale;
  readonly typeName: string;
  readonly status: WaitlistStatus;
  readonly offerEndsAtMs: EpochMs | undefined;
};

export async function openPlace(services: Services, token: string): Promise<Result<WaitlistPlace>> {
  const { db, settings, clock } = services;
  const link = await readToken(settings.masterKey, purpose, linkSchema, token);
  if (link === undefined || link.expiresAtMs <= clock()) return fail('link_expired');
  const place = await findPlace(services, link.entryId);
  if (!place.ok) return place;
  const { contact } = place.value;
  const status = await statusOf(services, contact, await customerIdOf(settings.masterKey, contact.email));
  if (status === undefined) {
    await removeWaitlistContact(db, contact.entryId);
    return fail('link_expired');
  }
  return ok({ ...place.value, status, offerEndsAtMs: link.offerEndsAtMs });
}

/** Whom a place belongs to, and at which event; undefined once it was given up, taken or erased. */
export async function findPlace(
  services: Services,
  entryId: string,
): Promise<Result<Omit<WaitlistPlace, 'status' | 'offerEndsAtMs'>>> {
  const found = await findWaitlistContact(services.db, entryId);
  const sale = found && (await eventForSale(services, found.slug));
  if (found === undefined || sale === undefined || !sale.ok) return fail('link_expired');
  const typeName = ticketTypeOf(sale.value.rules, found.contact.typeId)?.name ?? found.contact.typeId;
  return ok({ contact: found.contact, sale: sale.value, typeName });
}

export async function leaveWaitlist(services: Services, { contact }: WaitlistPlace): Promise<Result<undefined>> {
  const left = only(await services.inventory(contact.eventId).leaveWaitlist([contact.entryId]));
  if (left.ok) await removeWaitlistContact(services.db, contact.entryId);
  return left;
}

const toldAtOnce = 100;
const pagesPerCall = 100;

/**
 * Has everybody told who waits for an event that was cancelled, once each. True when all were: after a crash it begins anew, and
 * whoever was told meanwhile is not known any more (`forgetWaiting`).
 */
export async function tellWaiting({ db, queueMessage }: Services, eventId: string): Promise<boolean> {
  let after = '';
  for (let page = 0; page < pagesPerCall; page += 1) {
    const places = await onePlaceEach(db, eventId, after, toldAtOnce);
    await Promise.all(places.map(({ entryId }) => queueMessage({ kind: 'waitlist_cancelled', entryId })));
    if (places.length < toldAtOnce) return true;
    after = places.at(-1)?.entryId ?? after;
  }
  return false;
}

/** The list is over and they know it: an address was kept for its places alone. */
export async function forgetWaiting({ db }: Pick<Services, 'db'>, entryId: string): Promise<void> {
  const found = await findWaitlistContact(db, entryId);
  if (found !== undefined) await removeWaitlistContactsOf(db, found.contact);
}
