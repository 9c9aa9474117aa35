import { passkeysOf } from '#d1/queries/passkeys.ts';
import { sessionsOf, type SessionMethod } from '#d1/queries/sessions.ts';
import { browserName } from '#shared/access/browser-name.ts';
import { safeReturnPath } from '#shared/access/return-path.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { browserHash } from '#workers/http/browser-id.ts';
import { readDevices, rememberDevice } from '#workers/http/known-devices.ts';
import { keepToken, signOut } from '#workers/http/session.ts';
import { audit } from '#workers/operations/audit.ts';
import type { Asking } from '#workers/operations/challenge.ts';
import { startSession } from '#workers/operations/sign-in.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const userAgentLimit = 200;

/** The browser, as challenges know it. */
export async function askingBrowser(c: AppContext): Promise<Asking> {
  return { browserHash: await browserHash(c), deviceIds: await readDevices(c) };
}

/** How the browser is called in its owner's lists. */
export function nameOfBrowser(c: AppContext): string {
  const known = browserName(c.req.header('user-agent') ?? '');
  const words = messages.security;
  return known === undefined ? words.unknownBrowser : words.browserOn(known.browser, known.system);
}

/** Starts a session under a new token, whatever cookie came along: a planted one is never taken over. */
export async function enter(c: AppContext, personId: string, method: SessionMethod): Promise<void> {
  const { services } = c.var;
  await signOut(c);
  const opened = await startSession(services, personId, method, {
    userAgent: (c.req.header('user-agent') ?? '').slice(0, userAgentLimit),
    name: nameOfBrowser(c),
    deviceIds: await readDevices(c),
  });
  keepToken(c, opened.token, opened.expiresAtMs - services.clock());
  await rememberDevice(c, opened.deviceId);
}

/** Ends the browser's session and says so in the log. */
export async function leave(c: AppContext): Promise<void> {
  const closed = await signOut(c);
  if (closed === undefined) return;
  const { id: subjectId, personId: actorId } = closed;
  await audit(c.var.services, { action: 'session.signed_out', actorId, subjectId });
}

/** Where a form or an address wants to go on to. */
export function nextOf(c: AppContext, field?: string): string | undefined {
  return safeReturnPath(field ?? c.req.query('next'));
}

/** `path` with what it needs to know, and where to go on to. */
export function withNext(path: string, next: string | undefined, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...more, ...(next !== undefined && { next }) }).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** Where somebody who just came in goes: on their very first visit a passkey is offered, once, and then never again by itself. */
export async function landing(c: AppContext, personId: string, next: string | undefined): Promise<string> {
  const { db, clock } = c.var.services;
  const destination = next ?? pathTo('wallet');
  const [sessions, passkeys] = await Promise.all([sessionsOf(db, personId, clock()), passkeysOf(db, personId)]);
  const isFirst = sessions.length === 1 && passkeys.length === 0 && (await readDevices(c)).length === 0;
  return isFirst ? withNext(pathTo('welcome'), destination) : destination;
}
