import { revokeDevice } from '#d1/queries/devices.ts';
import { findPerson, type Reachable } from '#d1/queries/people.ts';
import { moveSession, noteProof, type SessionMethod } from '#d1/queries/sessions.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import { confirm, newDevice } from './sign-in.ts';

/** Where a code that proves a person goes: their mail, or else their phone; undefined when there is neither. */
export async function provableAt(services: Services, personId: string): Promise<Reachable | undefined> {
  const person = await findPerson(services.db, personId);
  if (person?.email) return { channel: 'email', address: person.email };
  return person?.phone ? { channel: 'sms', address: person.phone } : undefined;
}

/** The session that proves itself again, and the browser it is in. */
export type Proving = {
  readonly id: string;
  readonly personId: string;
  readonly deviceId: string | undefined;
  readonly isConfirmed: boolean;
  /** Its browser lost the key: what it proves now starts a device of its own. */
  readonly hasLostKey: boolean;
  readonly browserName: string;
};

/** Writes down that the person proved who they are; which also vouches for the browser they did it in. Answers its device. */
export async function provedAgain(services: Services, proving: Proving, method: SessionMethod): Promise<string> {
  const { db, clock } = services;
  const { id, personId, deviceId } = proving;
  const nowMs = clock();
  await noteProof(db, { sessionId: id, method, nowMs });
  await audit(services, { action: 'proof.renewed', actorId: personId, subjectId: id, facts: { method } });
  if (deviceId !== undefined && !proving.hasLostKey) {
    if (!proving.isConfirmed) await confirm(services, personId, deviceId);
    return deviceId;
  }
  const fresh = await newDevice(services, personId, { name: proving.browserName, isConfirmed: true });
  await moveSession(db, id, fresh);
  // Nobody can show the old one's key any more.
  if (deviceId !== undefined) await db.batch(revokeDevice(db, { deviceId, personId }, nowMs));
  return fresh;
}
