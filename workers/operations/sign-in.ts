import { uuidv7obj } from 'uuidv7';
import { addDevice, confirmDevice, findDevice, hasConfirmedDevice, type Device } from '#d1/queries/devices.ts';
import { isStaff, personReachedAt, type Reachable } from '#d1/queries/people.ts';
import { openSession, type SessionMethod } from '#d1/queries/sessions.ts';
import { lifetimes } from '#shared/access/sessions.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import type { EpochMs } from '#shared/time.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';

const tokenBytes = 32;
const idBytes = 10;

/** The person who owns what was proved, made on first sign-in. */
export function personWhoOwns(services: Services, proved: Reachable): Promise<string> {
  const id = `per_${encodeBase32(uuidv7obj().bytes)}`;
  return personReachedAt(services.db, proved, { id, nowMs: services.clock() });
}

/** The browser that signs in: how it calls itself, and the devices it says it is. */
export type Arriving = { readonly userAgent: string; readonly name: string; readonly deviceIds: readonly string[] };

export type Opened = {
  readonly token: string;
  readonly deviceId: string;
  readonly expiresAtMs: EpochMs;
};

/** Opens a session under a new token: the token is answered once, and only its digest is kept. */
export async function startSession(
  services: Services,
  personId: string,
  method: SessionMethod,
  arriving: Arriving,
): Promise<Opened> {
  const { db, clock, randomBytes } = services;
  const now = clock();
  const device = await deviceOf(services, personId, method, arriving);
  const kind = (await isStaff(db, personId)) ? 'staff' : 'customer';
  const token = toBase64Url(randomBytes(tokenBytes));
  const sessionId = `ses_${encodeBase32(randomBytes(idBytes))}`;
  const expiresAtMs = now + lifetimes[kind].absoluteMs;
  await openSession(db, {
    tokenHash: await tokenHash(token),
    id: sessionId,
    personId,
    deviceId: device.id,
    userAgent: arriving.userAgent,
    method,
    provedAtMs: now,
    createdAtMs: now,
    lastSeenAtMs: now,
    rotatedAtMs: now,
    expiresAtMs,
  });
  await audit(services, {
    action: 'sign_in.done',
    actorId: personId,
    subjectId: sessionId,
    facts: { method, device: device.id },
  });
  return { token, deviceId: device.id, expiresAtMs };
}

/**
 * A link may have been forwarded with its mail: it signs in, but does not vouch for a browser that nobody saw before.
 * A code was typed where it was asked for; a passkey is the person.
 */
const vouches: Readonly<Record<SessionMethod, boolean>> = {
  link: false,
  email_code: true,
  sms_code: true,
  passkey: true,
  demo: true,
};

/** The device this browser was before, or a new one. Who has confirmed devices is told of a new one. */
async function deviceOf(
  services: Services,
  personId: string,
  method: SessionMethod,
  { name, deviceIds }: Arriving,
): Promise<Pick<Device, 'id'>> {
  const { db, clock } = services;
  for (const id of deviceIds) {
    const known = await findDevice(db, id, personId);
    // Without a key the cookie is all that says so, and cookies are what gets stolen.
    if (known === undefined || (known.publicKey === null && !vouches[method])) continue;
    if (known.confirmedAtMs === null && vouches[method]) await confirm(services, personId, id);
    return known;
  }
  const hasOthers = await hasConfirmedDevice(db, personId);
  const isConfirmed = vouches[method] || !hasOthers;
  const id = await newDevice(services, personId, { name, isConfirmed });
  if (hasOthers) await services.queueMessage({ kind: 'account_notice', personId, what: 'new_device', atMs: clock() });
  return { id };
}

/** Writes down a browser as a person's device, without a key so far. Answers its id. */
export async function newDevice(
  services: Services,
  personId: string,
  { name, isConfirmed }: { name: string; isConfirmed: boolean },
): Promise<string> {
  const { db, clock, randomBytes } = services;
  const now = clock();
  const id = `dev_${encodeBase32(randomBytes(idBytes))}`;
  const confirmedAtMs = isConfirmed ? now : null;
  await addDevice(db, { id, personId, name, createdAtMs: now, lastSeenAtMs: now, confirmedAtMs });
  await audit(services, {
    action: 'device.added',
    actorId: personId,
    subjectId: id,
    facts: { confirmed: isConfirmed },
  });
  return id;
}

/** False when it was not waiting to be confirmed, or is somebody else's. */
export async function confirm(services: Services, personId: string, deviceId: string): Promise<boolean> {
  const { db, clock } = services;
  const [confirmed] = await confirmDevice(db, { deviceId, personId }, clock());
  if (confirmed === undefined) return false;
  await audit(services, { action: 'device.confirmed', actorId: personId, subjectId: deviceId });
  return true;
}
