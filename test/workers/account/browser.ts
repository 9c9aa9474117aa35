import { createExecutionContext } from 'cloudflare:test';
import { eq } from 'drizzle-orm';
import { vi } from 'vitest';
import { database } from '#d1/database.ts';
import { auditEntries, people, sessions } from '#d1/schema/index.ts';
import { compressPoint } from '#shared/access/device-proof.ts';
import { sessionProofText } from '#shared/access/session-proof.ts';
import { environment } from '#test/support/environment.ts';
import { createApp } from '#workers/app.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { pathTo } from '#workers/routes.ts';

/** The site with a clock that tests move and a queue they read, as browsers with cookies of their own reach it. */

// Before the first request: services take the clock they find.
vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });

export const origin = 'http://localhost:8787';
export const db = database(environment.DB);

const sent: OutgoingMessage[] = [];
const bindings = { ...environment, MESSAGES: { send: async (message: OutgoingMessage) => void sent.push(message) } };
const app = createApp();

export function passTime(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

type Code = Extract<OutgoingMessage, { kind: 'one_time_code' }>;

/** The newest code sent to an address, as its owner reads it. */
export function codeSentTo(address: string): Code {
  const code = sent.findLast(
    (message): message is Code => message.kind === 'one_time_code' && message.to.address === address,
  );
  if (code === undefined) throw new Error(`No code was sent to ${address}`);
  return code;
}

export const sentTo = (address: string) =>
  sent.filter((message) => message.kind === 'one_time_code' && message.to.address === address).length;

export const noticesTo = (personId: string) =>
  sent.flatMap((message) => (message.kind === 'account_notice' && message.personId === personId ? [message.what] : []));

/** Another six digits than these. */
export const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

let met = 0;
export function newAddress(): string {
  met += 1;
  return `person.${met}@ways-in.example`;
}

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

export class Browser {
  readonly cookies: Map<string, string>;
  /** By device id, as its IndexedDB would keep them. */
  readonly keys = new Map<string, CryptoKeyPair>();

  constructor(cookies: ReadonlyMap<string, string> = new Map()) {
    this.cookies = new Map(cookies);
  }

  /** A thief's browser: these cookies, and no key. */
  stolen(...names: string[]): Browser {
    return new Browser(new Map([...this.cookies].filter(([name]) => names.includes(name))));
  }

  open(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#ask(path, { headers: { accept: 'text/html', ...headers } });
  }

  read(path: string): Promise<Response> {
    return this.#ask(path, { headers: { accept: 'application/json' } });
  }

  send(path: string, fields: Record<string, string>): Promise<Response> {
    return this.#ask(path, {
      method: 'POST',
      headers: { accept: 'text/html', origin },
      body: new URLSearchParams(fields),
    });
  }

  post(path: string, body: object): Promise<Response> {
    const headers = { accept: 'application/json', 'content-type': 'application/json', origin };
    return this.#ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async #ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'user-agent': firefox, ...init.headers, ...(cookie !== '' && { cookie }) };
    const request = new Request(new URL(path, origin), { redirect: 'manual', ...init, headers });
    const response = await app.fetch(request, bindings, createExecutionContext());
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(set)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  /** Asks for a code. Answers its challenge's id; the code is what was sent. */
  async askFor(address: string): Promise<string> {
    const answer = await this.send(pathTo('signIn'), { email: address });
    const to = answer.headers.get('location');
    if (to === null) throw new Error(`No code was sent: ${answer.status}`);
    return new URL(to, origin).searchParams.get('c') ?? '';
  }

  type(challengeId: string, code: string): Promise<Response> {
    return this.send(pathTo('signInCode'), { c: challengeId, code });
  }

  /** Signs in by a code, as its address's owner. */
  async signIn(address: string): Promise<Response> {
    const challengeId = await this.askFor(address);
    return this.type(challengeId, codeSentTo(address).code);
  }

  async signInByLink(address: string): Promise<Response> {
    await this.askFor(address);
    return this.send(pathTo('signInLink'), { token: codeSentTo(address).token ?? '' });
  }

  /** What the page's script does: makes a key where there is none, or shows that it is still here. */
  async showKey(): Promise<Response> {
    const asked = await this.read(pathTo('deviceChallenge'));
    if (!asked.ok) return asked;
    const { challenge, deviceId, hasKey } = await asked.json<{
      challenge: string;
      deviceId: string;
      hasKey: boolean;
    }>();
    const kept = this.keys.get(deviceId);
    const pair = kept ?? (await newPair());
    if (hasKey) {
      return this.post(pathTo('deviceProof'), { challenge, signature: await sign(pair, 'renew', challenge) });
    }
    this.keys.set(deviceId, pair);
    const key = { challenge, signature: await sign(pair, 'name', challenge), publicKey: await publicKeyOf(pair) };
    return this.post(pathTo('deviceKey'), key);
  }

  /** Whose session it is, and which. */
  async session() {
    const { deviceId } = await (await this.read(pathTo('deviceChallenge'))).json<{ deviceId: string }>();
    const [found] = await db.select().from(sessions).where(eq(sessions.deviceId, deviceId));
    if (found === undefined) throw new Error('Nobody is signed in');
    return found;
  }

  async isSignedIn(): Promise<boolean> {
    return (await this.read(pathTo('deviceChallenge'))).status === 200;
  }
}

async function newPair(): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
}

async function sign({ privateKey }: CryptoKeyPair, what: 'name' | 'renew', challenge: string): Promise<string> {
  const text = new TextEncoder().encode(sessionProofText(what, challenge));
  return toBase64Url(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, text)));
}

async function publicKeyOf({ publicKey }: CryptoKeyPair): Promise<string> {
  const raw = new Uint8Array((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer);
  return toBase64Url(compressPoint(raw));
}

export async function personAt(email: string): Promise<string> {
  const [found] = await db.select().from(people).where(eq(people.email, email));
  if (found === undefined) throw new Error(`Nobody is known at ${email}`);
  return found.id;
}

export async function auditOf(subjectId: string): Promise<string[]> {
  const rows = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, subjectId));
  return rows.map(({ action }) => action);
}

export async function codeOf(response: Response): Promise<string> {
  return (await response.json<{ code: string }>()).code;
}
