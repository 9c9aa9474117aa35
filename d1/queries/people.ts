import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { devices, memberships, people } from '../schema/index.ts';

export type Channel = 'email' | 'sms';
/** Where somebody can be reached, as proved: an address in lower case or an E.164 number. */
export type Reachable = { readonly channel: Channel; readonly address: string };

const columnOf = { email: people.email, sms: people.phone } as const;

/** The person with this address or number, made on first sight. */
export async function personReachedAt(
  db: Database,
  { channel, address }: Reachable,
  fresh: { id: string; nowMs: number },
): Promise<string> {
  const row = { id: fresh.id, createdAtMs: fresh.nowMs };
  await db
    .insert(people)
    .values(channel === 'email' ? { ...row, email: address } : { ...row, phone: address })
    .onConflictDoNothing();
  const [person] = await db.select({ id: people.id }).from(people).where(eq(columnOf[channel], address)).limit(1);
  if (person === undefined) throw new Error('A person just written is missing');
  return person.id;
}

/** Of these devices, one that is confirmed to be its of whoever is reached there. */
export async function knownDevice(
  db: Database,
  { channel, address }: Reachable,
  deviceIds: readonly string[],
): Promise<string | undefined> {
  const [known] = await db
    .select({ id: devices.id })
    .from(devices)
    .innerJoin(people, eq(people.id, devices.personId))
    .where(
      and(
        eq(columnOf[channel], address),
        inArray(devices.id, [...deviceIds]),
        isNotNull(devices.confirmedAtMs),
        isNull(devices.revokedAtMs),
      ),
    )
    .limit(1);
  return known?.id;
}

export async function isStaff(db: Database, personId: string): Promise<boolean> {
  const [found] = await db
    .select({ role: memberships.role })
    .from(memberships)
    .where(eq(memberships.personId, personId))
    .limit(1);
  return found !== undefined;
}

/** Where codes for a person go, mail first; and what their passkeys are called by. */
export async function findPerson(db: Database, personId: string) {
  const [found] = await db.select().from(people).where(eq(people.id, personId)).limit(1);
  return found;
}
