import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { closeSession, findSession, openSession, type SignedIn } from '#d1/queries/people.ts';
import { businessesWhere, type Permission } from '#shared/access/permissions.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { dayMs, minuteMs, secondMs, type EpochMs } from '#shared/time.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import type { Services } from '#workers/services.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { AppContext } from './app-context.ts';

const cookieName = '__Host-session';
const sessionTtlMs = 30 * dayMs;
const tokenBytes = 32;
const userAgentLimit = 200;

/** Loads who is signed in. For dynamic pages only: cached pages are drawn for nobody. */
export async function loadSession(c: AppContext): Promise<void> {
  c.set('person', undefined);
  c.set('deviceId', undefined);
  const token = getCookie(c, cookieName);
  if (token !== undefined) {
    const { db, clock } = c.var.services;
    const hash = await tokenHash(token);
    c.set('person', await personOf(db, hash, clock()));
    c.set('deviceId', `dev_${encodeBase32(new TextEncoder().encode(hash).subarray(0, 10))}`);
  }
}

type Confirmed = { readonly person: SignedIn | undefined; readonly atMs: EpochMs };

/** Sessions this isolate saw confirmed by the database, for when it does not answer. */
const confirmed = new Map<string, Confirmed>();
const confirmedLimit = 500;
const trustWithoutDatabaseMs = 15 * minuteMs;

/**
 * The database is asked each time, so that a revoked session ends at once. While it does not answer, whoever it
 * confirmed minutes ago goes on: a steward's next scan must not wait for it. Nobody else is let in.
 */
async function personOf(db: Services['db'], hash: string, now: EpochMs): Promise<SignedIn | undefined> {
  try {
    const person = await findSession(db, hash, now);
    if (confirmed.size >= confirmedLimit) confirmed.clear();
    confirmed.set(hash, { person, atMs: now });
    return person;
  } catch (error) {
    console.error('sessions did not answer', error);
    const known = confirmed.get(hash);
    return known !== undefined && now - known.atMs < trustWithoutDatabaseMs ? known.person : undefined;
  }
}

/** Starts a session under a new token, whatever cookie came along: a planted one is never taken over. */
export async function signIn(c: AppContext, personId: string): Promise<void> {
  const { db, clock, randomBytes } = c.var.services;
  await signOut(c);
  const token = toBase64Url(randomBytes(tokenBytes));
  const now = clock();
  await openSession(db, {
    tokenHash: await tokenHash(token),
    id: `ses_${encodeBase32(randomBytes(10))}`,
    personId,
    userAgent: (c.req.header('user-agent') ?? '').slice(0, userAgentLimit),
    method: 'link',
    provedAtMs: now,
    createdAtMs: now,
    lastSeenAtMs: now,
    rotatedAtMs: now,
    expiresAtMs: now + sessionTtlMs,
  });
  setCookie(c, cookieName, token, { ...cookieOptions, maxAge: sessionTtlMs / secondMs });
}

export async function signOut(c: AppContext): Promise<void> {
  const token = getCookie(c, cookieName);
  if (token === undefined) return;
  const { db, clock } = c.var.services;
  const hash = await tokenHash(token);
  confirmed.delete(hash);
  await closeSession(db, hash, clock());
  deleteCookie(c, cookieName, cookieOptions);
}

/** `__Host-` demands Secure and the path `/`, and keeps subdomains from setting it. */
export const cookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

export function viewerOf(c: AppContext): Viewer {
  const { person } = c.var;
  if (person === undefined) return 'anonymous';
  const can = (permission: Permission) => businessesWhere(person.memberships, permission).businessIds.length > 0;
  return {
    name: person.name === '' ? person.email : person.name,
    mayScan: can('gate.scan'),
    mayWatch: can('event.watch'),
  };
}
