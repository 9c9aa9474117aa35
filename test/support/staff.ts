import { openSession } from '#d1/queries/sessions.ts';
import { database } from '#d1/database.ts';
import { auditEntries, businesses, memberships, people } from '#d1/schema/index.ts';
import { compressPoint, deviceProofText } from '#shared/access/device-proof.ts';
import type { Membership } from '#shared/access/permissions.ts';
import { hourMs } from '#shared/time.ts';
import { origin, visit } from '#test/workers/http/site.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { pathTo } from '#workers/routes.ts';
import { environment } from './environment.ts';

/** Businesses, the people who work for them, and phones at their gates. */

export const db = database(environment.DB);

let made = 0;

/** A business of its own, because teams outlive a test. */
export async function newBusiness(): Promise<string> {
  made += 1;
  const id = `biz_team_${made}`;
  const text = { tagline: 'x', story: 'x', category: 'x', city: 'x', countryCode: 'GB', supportEmail: 'a@x.example' };
  await db.insert(businesses).values({ id, slug: `team-${made}`, name: `Team ${made}`, ...text, createdAtMs: 0 });
  return id;
}

export type Worker = { readonly personId: string; readonly email: string; readonly headers: Record<string, string> };

/** Somebody with roles, signed in just now. */
export async function newWorker(...held: Membership[]): Promise<Worker> {
  made += 1;
  const personId = `per_worker${made}`;
  const email = `worker${made}@staff.example`;
  await db.insert(people).values({ id: personId, email, name: `Worker ${made}`, createdAtMs: 0 });
  for (const membership of held) await db.insert(memberships).values({ personId, ...membership, createdAtMs: made });
  return { personId, email, headers: await sessionOf(personId) };
}

export async function sessionOf(personId: string, provedAtMs = Date.now()): Promise<Record<string, string>> {
  const token = crypto.randomUUID();
  const now = Date.now();
  await openSession(db, {
    tokenHash: await tokenHash(token),
    id: `ses_${token}`,
    personId,
    userAgent: '',
    method: 'email_code',
    provedAtMs,
    createdAtMs: now,
    lastSeenAtMs: now,
    rotatedAtMs: now,
    expiresAtMs: now + hourMs,
  });
  return { cookie: `__Host-session=${token}`, origin };
}

/** A form as a page of ours sends it. */
export function post(path: string, headers: Record<string, string>, fields: Record<string, string>): Promise<Response> {
  return visit(path, { method: 'POST', headers: { origin, ...headers }, body: new URLSearchParams(fields) });
}

export function postJson(path: string, headers: Record<string, string>, body: unknown): Promise<Response> {
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  return visit(path, { method: 'POST', headers: { ...json, origin, ...headers }, body: JSON.stringify(body) });
}

export async function rolesIn(businessId: string): Promise<string[]> {
  const rows = await db.select().from(memberships);
  return rows
    .filter((row) => row.businessId === businessId)
    .map(({ personId, role }) => `${personId} ${role}`)
    .toSorted();
}

export async function trailOf(businessId: string) {
  const rows = await db.select().from(auditEntries);
  return rows
    .filter((row) => row.businessId === businessId)
    .map(({ action, actorId, subjectId, facts }) => ({
      action,
      actorId,
      subjectId,
      facts: JSON.parse(facts) as unknown,
    }));
}

/** A phone's key, as its page makes it. */
export async function newPhone() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = (await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])) as CryptoKeyPair;
  const raw = new Uint8Array((await crypto.subtle.exportKey('raw', key.publicKey)) as ArrayBuffer);
  return {
    publicKey: toBase64Url(compressPoint(raw)),
    privateKey: key.privateKey,
    async sign(what: 'enrol' | 'renew', nonce: string): Promise<string> {
      const text = new TextEncoder().encode(deviceProofText(what, nonce));
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, text);
      return toBase64Url(new Uint8Array(signature));
    },
  };
}

export type Phone = Awaited<ReturnType<typeof newPhone>>;

/** The secret behind the QR code that an organiser's page shows. */
export async function offerScanner(slug: string, headers: Record<string, string>, change: Record<string, string> = {}) {
  const fields = { label: 'North 2', gate: 'north', role: 'gate_steward', until: '12h', ...change };
  const response = await post(pathTo('studioDevices', { slug }), headers, fields);
  const page = await response.text();
  return { status: response.status, token: /\/gate\/enrol#([\w-]{43})/.exec(page)?.[1] ?? '', page };
}

/** What the phone does with it: looks, signs, and is a scanner. */
export async function enrol(token: string, phone: Phone, change: Record<string, unknown> = {}) {
  const looked = await postJson(pathTo('gateEnrolLook'), {}, { token, publicKey: phone.publicKey });
  const { nonce = '' } = await looked.clone().json<{ nonce?: string }>();
  const body = { token, nonce, publicKey: phone.publicKey, signature: await phone.sign('enrol', nonce) };
  const response = await postJson(pathTo('gateEnrol'), {}, { name: 'Yaw Helper', ...body, ...change });
  return { looked, response, cookie: scannerCookie(response) };
}

/** The Cookie header of a phone that was just made a scanner, or proved its key. */
export function scannerCookie(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .filter((cookie) => cookie.startsWith('__Host-gate='))
    .join('; ');
}
