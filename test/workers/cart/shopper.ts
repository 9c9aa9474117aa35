import { env } from 'cloudflare:workers';
import { openSession } from '#d1/queries/sessions.ts';
import { database } from '#d1/database.ts';
import { people } from '#d1/schema/index.ts';
import { dayMs } from '#shared/time.ts';
import { origin, visit } from '#test/workers/http/site.ts';
import type { Env } from '#workers/env.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { servicesOf } from '#workers/services.ts';
import { grant } from '#workers/operations/grants.ts';
import { pathTo } from '#workers/routes.ts';

const bindings = env as unknown as Env;
export const db = database(bindings.DB);
export const services = servicesOf({ ...bindings });

export type Answer = { readonly status: number; readonly location: string; readonly text: string };

/** A browser without scripts: cookies, forms, and what stands on the page. */
export class Shopper {
  readonly cookies: Map<string, string>;

  constructor(cookies: ReadonlyMap<string, string> = new Map()) {
    this.cookies = new Map(cookies);
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path);
  }

  post(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#ask(path, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** A GET, and on to where it leads within the site. */
  async arrive(path: string): Promise<Answer> {
    let answer = await this.get(path);
    for (let hops = 0; answer.location.startsWith('/') && hops < 4; hops += 1) answer = await this.get(answer.location);
    return answer;
  }

  add(slug: string, quantities: Readonly<Record<string, string>>): Promise<Answer> {
    return this.post(`${pathTo('cart')}?event=${slug}`, { ...quantities, do: 'add' });
  }

  cart(): Promise<Answer> {
    return this.get(pathTo('cart'));
  }

  /** Presses a button of the cart's page as it stands now. */
  async press(what: string, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { text } = await this.cart();
    return this.post(pathTo('cart'), { version: field(text, 'version'), ...fields, do: what });
  }

  /** The number that pages cached for everybody show. */
  get count(): string | undefined {
    return this.cookies.get('__Host-cart-count');
  }

  /** Opens a checkout and answers what its form would send back. */
  async openCheckout(path: string): Promise<{ action: string; fields: Record<string, string>; text: string }> {
    const { text, status } = await this.arrive(path);
    if (status !== 200) throw new Error(`No checkout: ${status}`);
    return { action: actionOf(text), fields: formFields(text), text };
  }

  async #ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { origin, ...(cookie === '' ? {} : { cookie }) };
    const response = await visit(path, { ...init, headers });
    for (const set of response.headers.getSetCookie()) this.#keep(set);
    const { status } = response;
    return { status, location: response.headers.get('location') ?? '', text: await response.text() };
  }

  #keep(set: string): void {
    const [pair = ''] = set.split(';');
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (/max-age=0/i.test(set)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

let met = 0;

/** Somebody with an account and a session in this browser. */
export async function signedInShopper(cookies?: ReadonlyMap<string, string>) {
  met += 1;
  const personId = `per_shopper_${met}`;
  const email = `shopper.${met}@buyers.example`;
  const token = crypto.randomUUID();
  const now = Date.now();
  await db.insert(people).values({ id: personId, email, name: 'Ama Shopper', createdAtMs: now });
  const signIn = async (shopper: Shopper): Promise<void> => {
    shopper.cookies.set('__Host-session', token);
  };
  await openSession(db, {
    tokenHash: await tokenHash(token),
    id: `ses_${token}`,
    personId,
    userAgent: '',
    method: 'link',
    provedAtMs: now,
    createdAtMs: now,
    lastSeenAtMs: now,
    rotatedAtMs: now,
    expiresAtMs: now + dayMs,
  });
  const shopper = new Shopper(cookies);
  await signIn(shopper);
  const customerId = await customerIdOf(services.settings.masterKey, email);
  const give = async (unit: 'PTS' | 'GBP', amountMinor: number): Promise<void> => {
    const given = await grant(services, { id: crypto.randomUUID(), customerId, unit, amountMinor, actorId: personId });
    if (!given.ok) throw new Error(given.failure.code);
  };
  return { shopper, personId, email, customerId, give, signIn };
}

export function field(html: string, name: string): string {
  const tag =
    new RegExp(`<input[^>]*name="${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}"[^>]*>`).exec(html)?.[0] ?? '';
  return unescaped(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
}

/** What a checkout's form sends where nothing was typed: its hidden fields. */
function formFields(html: string): Record<string, string> {
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, unescaped(value)]));
}

function actionOf(html: string): string {
  return unescaped(/<form class="checkout-form"[^>]*action="([^"]+)"/.exec(html)?.[1] ?? '');
}

function unescaped(text: string): string {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
}

/** The words of a page, without its tags. */
export function wordsOf(html: string): string {
  return unescaped(html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '));
}

/** Somebody who was never here. */
export function freshBuyer(): { name: string; email: string } {
  met += 1;
  return { name: 'Ama Buyer', email: `buyer.${met}@buyers.example` };
}
