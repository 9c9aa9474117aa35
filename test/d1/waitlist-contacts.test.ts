import { expect, it } from 'vitest';
import { database } from '#d1/database.ts';
import { addWaitlistContact, findWaitlistContact, waitlistContactOf } from '#d1/queries/waitlist.ts';
import { eraseStatements } from '#d1/queries/erase-person.ts';
import { environment } from '#test/support/environment.ts';
import { publishEvent } from '#test/workers/http/site.ts';

const db = database(environment.DB);

it('keeps an address for its place on a waitlist alone, and forgets it with its person', async () => {
  const { eventId } = await publishEvent();
  const place = { eventId, typeId: 'day', quantity: 1, createdAtMs: 1 };
  const [email, other] = ['ama@waiting.example', 'kofi@waiting.example'];
  expect(await addWaitlistContact(db, { ...place, entryId: 'wtl_a', email })).toBe(true);
  expect(await addWaitlistContact(db, { ...place, entryId: 'wtl_a', email: other })).toBe(false);
  await addWaitlistContact(db, { ...place, entryId: 'wtl_b', email, createdAtMs: 2 });
  await addWaitlistContact(db, { ...place, entryId: 'wtl_c', email: other });
  expect(await waitlistContactOf(db, { ...place, email })).toMatchObject({ entryId: 'wtl_b' });

  const nobodyElse = { personId: 'per_waiting', customerId: '', formerIds: [], addresses: [email] };
  await db.batch(eraseStatements(db, nobodyElse, 3));
  expect(await findWaitlistContact(db, 'wtl_a')).toBeUndefined();
  expect(await findWaitlistContact(db, 'wtl_b')).toBeUndefined();
  expect(await findWaitlistContact(db, 'wtl_c')).toMatchObject({ contact: { email: other } });
});
