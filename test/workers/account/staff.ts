import { businesses, events, memberships, tickets } from '#d1/schema/index.ts';
import type { Role } from '#shared/access/permissions.ts';
import { dayMs } from '#shared/time.ts';
import { environment } from '#test/support/environment.ts';
import { settingsOf } from '#workers/env.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { Browser, db, newAddress, personAt } from './browser.ts';

/** Somebody who may do something for a business, just signed in: the browser has made no key yet. */
export async function staffMember(role: Role = 'gate_steward') {
  const address = newAddress();
  const browser = new Browser();
  await browser.signIn(address);
  const personId = await personAt(address);
  await db.insert(memberships).values({ personId, businessId: 'biz_ways_in', role, createdAtMs: Date.now() });
  return { browser, address, personId };
}

/** As `staffMember`, and the browser has shown its key. */
export async function lockedStaff() {
  const member = await staffMember();
  const named = await member.browser.showKey();
  if (named.status !== 204) throw new Error(`The key was refused: ${named.status}`);
  return member;
}

let issued = 0;

/** Puts a ticket of an event to come into the read model, bought with the address. */
export async function giveTicket(address: string): Promise<void> {
  const now = Date.now();
  issued += 1;
  const eventId = `evt_ways_in_${issued}`;
  await db
    .insert(businesses)
    .values({
      id: 'biz_ways_in',
      slug: 'ways-in',
      name: 'Ways in',
      tagline: '',
      story: '',
      category: '',
      city: '',
      countryCode: 'GB',
      supportEmail: 'a@ways-in.example',
      createdAtMs: now,
    })
    .onConflictDoNothing();
  await db.insert(events).values({
    id: eventId,
    number: 9_000 + issued,
    slug: eventId,
    businessId: 'biz_ways_in',
    title: 'An event',
    summary: '',
    description: '',
    category: '',
    venueName: '',
    venueAddress: '',
    city: '',
    countryCode: 'GB',
    timeZone: 'Europe/London',
    currency: 'GBP',
    startsAtMs: now + 20 * dayMs,
    endsAtMs: now + 100 * dayMs,
    heroKey: '',
    posterKey: '',
    terms: [],
    rewards: [],
    status: 'published',
    createdAtMs: now,
  });
  await db.insert(tickets).values({
    id: `tkt_ways_in_${issued}`,
    eventId,
    orderId: `ord_ways_in_${issued}`,
    typeId: 'day',
    typeName: 'Day',
    customerId: await customerIdOf(settingsOf(environment).masterKey, address),
    status: 'active',
    entries: 0,
    issuedAtMs: now,
  });
}
