import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { uuidv7obj } from 'uuidv7';
import { appendAuditEntry } from '#d1/queries/audit.ts';
import { holdsLiveTickets, noteDeviceSeen } from '#d1/queries/devices.ts';
import {
  closeSession,
  findSession,
  noteSeen,
  rotateToken,
  type FoundSession,
  type SessionMethod,
  type SignedIn,
} from '#d1/queries/sessions.ts';
import { isOver, noteSeenAfterMs, previousTokenMs, rotateAfterMs, wantOf, type Want } from '#shared/access/sessions.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { minuteMs, secondMs, type EpochMs } from '#shared/time.ts';
import type { AuditAction } from '#shared/trail/audit.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import type { Services } from '#workers/services.ts';
import type { AppContext } from './app-context.ts';
import { boundUntil, unbind } from './bound.ts';
import { cookieOptions } from './cookies.ts';

export { cookieOptions } from './cookies.ts';
export { viewerOf } from './viewer.ts';

const cookieName = '__Host-session';
/** What tickets are shown by while the database is silent (`reader.ts`): it ends with the session. */
export const readerCookie = '__Host-reader';
const tokenBytes = 32;

/** What a session says about itself beside whose it is. */
export type Session = {
  readonly id: string;
  readonly personId: string;
  readonly deviceId: string | undefined;
  /** Of its browser's key: compressed P-256 point, base64url. */
  readonly publicKey: string | undefined;
  readonly isConfirmed: boolean;
  readonly boundUntilMs: EpochMs | undefined;
  readonly method: SessionMethod;
  readonly provedAtMs: EpochMs;
  readonly createdAtMs: EpochMs;
  readonly expiresAtMs: EpochMs;
};

/** Loads who is signed in. For dynamic pages only: cached pages are drawn for nobody. */
export async function loadSession(c: AppContext): Promise<void> {
  c.set('person', undefined);
  c.set('deviceId', undefined);
  c.set('session', undefined);
  c.set('held', undefined);
  c.set('isDatabaseSilent', false);
  const token = getCookie(c, cookieName);
  if (token === undefined) return;
  const hash = await tokenHash(token);
  const found = await ask(c, hash);
  if (found === undefined) return;
  const session = await sessionOf(c, found);
  const held = await wantFor(c, found, session);
  c.set('session', session);
  c.set('deviceId', session.deviceId ?? session.id.replace('ses_', 'dev_'));
  c.set('held', held);
  if (held === undefined) c.set('person', found.person);
}

type Confirmed = { readonly found: FoundSession; readonly atMs: EpochMs };

/** Sessions this isolate saw confirmed by the database, for when it does not answer. */
const confirmed = new Map<string, Confirmed>();
const confirmedLimit = 500;
const trustWithoutDatabaseMs = 15 * minuteMs;

/**
 * The database is asked each time, so that a revoked session ends at once. While it does not answer, whoever it
 * confirmed minutes ago goes on: a steward's next scan must not wait for it. Nobody else is let in.
 */
async function ask(c: AppContext, hash: string): Promise<FoundSession | undefined> {
  const { db, clock } = c.var.services;
  const now = clock();
  try {
    const found = await findSession(db, hash);
    if (found === undefined || isOver(found.session, found.person.memberships.length > 0, now)) {
      confirmed.delete(hash);
      return undefined;
    }
    if (confirmed.size >= confirmedLimit) confirmed.clear();
    confirmed.set(hash, { found, atMs: now });
    const kept = await keepUp(c, hash, found);
    if (kept === undefined) confirmed.delete(hash);
    return kept;
  } catch (error) {
    console.error('sessions did not answer', error);
    c.set('isDatabaseSilent', true);
    const known = confirmed.get(hash);
    return known !== undefined && now - known.atMs < trustWithoutDatabaseMs ? known.found : undefined;
  }
}

/** Writes down that the session was seen, and puts a new token in the place of an old one. */
async function keepUp(c: AppContext, hash: string, found: FoundSession): Promise<FoundSession | undefined> {
  const { db, clock } = c.var.services;
  const { session } = found;
  const now = clock();
  if (session.previousTokenHash === hash && now - session.rotatedAtMs > previousTokenMs) {
    await endCopied(c, found);
    return undefined;
  }
  if (now - session.lastSeenAtMs > noteSeenAfterMs) {
    await noteSeen(db, session.id, now);
    if (session.deviceId !== null) await noteDeviceSeen(db, session.deviceId, now);
  }
  // The answer to an upgrade can carry no cookie.
  const isDue = session.tokenHash === hash && now - session.rotatedAtMs > rotateAfterMs;
  if (isDue && c.req.header('upgrade') === undefined) await rotate(c, hash, session.expiresAtMs);
  return found;
}

async function rotate(c: AppContext, from: string, expiresAtMs: EpochMs): Promise<void> {
  const { db, clock, randomBytes } = c.var.services;
  const token = toBase64Url(randomBytes(tokenBytes));
  const nowMs = clock();
  // Two requests at once: the slower one keeps the token before, which goes on for a minute, and sets no cookie.
  if (await rotateToken(db, { from, to: await tokenHash(token), nowMs })) keepToken(c, token, expiresAtMs - nowMs);
}

/** A new token for a session that can do more from now on: a copy of the one before is worth nothing a minute later. */
export async function renewToken(c: AppContext, { expiresAtMs }: Session): Promise<void> {
  const token = getCookie(c, cookieName);
  if (token !== undefined) await rotate(c, await tokenHash(token), expiresAtMs);
}

/**
 * A token that was replaced longer ago than any request takes: somebody kept a copy. Whether the copy is the one in use
 * cannot be told, so the session ends for both; its owner signs in again.
 */
async function endCopied(c: AppContext, { session, person }: FoundSession): Promise<void> {
  const { db, clock } = c.var.services;
  const now = clock();
  await closeSession(db, session.tokenHash, now);
  await appendAuditEntry(db, {
    id: `aud_${encodeBase32(uuidv7obj().bytes)}`,
    atMs: now,
    action: 'session.theft_suspected' satisfies AuditAction,
    actorId: person.personId,
    subjectId: session.id,
    facts: JSON.stringify({ sign: 'old_token' }),
  });
}

async function sessionOf(c: AppContext, { session, device }: FoundSession): Promise<Session> {
  const { id, personId, method, provedAtMs, createdAtMs, expiresAtMs } = session;
  const bond = device === null ? undefined : { sessionId: id, deviceId: device.id };
  return {
    id,
    personId,
    method,
    provedAtMs,
    createdAtMs,
    expiresAtMs,
    deviceId: device?.id,
    publicKey: device?.publicKey ?? undefined,
    // Sessions from before browsers had rows: they end within their month, and are nobody's new device.
    isConfirmed: device?.confirmedAtMs !== null,
    boundUntilMs: bond && (await boundUntil(c, bond)),
  };
}

async function wantFor(c: AppContext, found: FoundSession, session: Session): Promise<Want | undefined> {
  const isStaff = found.person.memberships.length > 0;
  const shown = {
    ...found.session,
    hasKey: session.publicKey !== undefined,
    isConfirmed: session.isConfirmed,
    isBound: session.boundUntilMs !== undefined,
  };
  // Whether tickets are held is asked only where it would change something: never on a scan.
  const worst = wantOf(shown, { isStaff, hasLiveTickets: true });
  if (worst === undefined || isStaff) return worst;
  return (await hasLiveTickets(c.var.services, found.person)) ? worst : undefined;
}

async function hasLiveTickets(services: Services, { personId, email }: SignedIn): Promise<boolean> {
  const { db, settings, clock } = services;
  const customerId = email === '' ? undefined : await customerIdOf(settings.masterKey, email);
  try {
    return await holdsLiveTickets(db, { personId, customerId }, clock());
  } catch (error) {
    console.error('tickets did not answer', error);
    return true;
  }
}

/** Hands the browser a session's token, for as long as the session can last. */
export function keepToken(c: AppContext, token: string, forMs: number): void {
  setCookie(c, cookieName, token, { ...cookieOptions, maxAge: Math.floor(forMs / secondMs) });
}

/** Ends the browser's session, if it has one. Answers whose it was. */
export async function signOut(c: AppContext): Promise<{ id: string; personId: string } | undefined> {
  deleteCookie(c, readerCookie, cookieOptions);
  const token = getCookie(c, cookieName);
  if (token === undefined) return undefined;
  const { db, clock } = c.var.services;
  const hash = await tokenHash(token);
  confirmed.delete(hash);
  const closed = await closeSession(db, hash, clock());
  deleteCookie(c, cookieName, cookieOptions);
  unbind(c);
  return closed;
}
