import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { people } from '../schema/index.ts';

/** A person's own row; undefined once erased. */
export async function accountOf(db: Database, personId: string) {
  const [account] = await db
    .select()
    .from(people)
    .where(and(eq(people.id, personId), isNull(people.erasedAtMs)))
    .limit(1);
  return account;
}

export type Account = NonNullable<Awaited<ReturnType<typeof accountOf>>>;

type Profile = Pick<Account, 'name' | 'locale' | 'currency' | 'contactPreferences'>;

/** Statement: writes what a person says about themselves. An account that was erased meanwhile stays erased. */
export function writeProfile(db: Database, personId: string, profile: Profile) {
  return db
    .update(people)
    .set(profile)
    .where(and(eq(people.id, personId), isNull(people.erasedAtMs)));
}

/** Statement: the address a person is known by from now on. The column refuses one that somebody else has. */
export function writeAddress(
  db: Database,
  personId: string,
  address: { email: string } | { phone: string } | { phone: null },
) {
  return db
    .update(people)
    .set(address)
    .where(and(eq(people.id, personId), isNull(people.erasedAtMs)));
}

export async function personWithAddress(db: Database, address: { channel: 'email' | 'sms'; address: string }) {
  const column = address.channel === 'email' ? people.email : people.phone;
  const [person] = await db.select({ id: people.id }).from(people).where(eq(column, address.address)).limit(1);
  return person?.id;
}
