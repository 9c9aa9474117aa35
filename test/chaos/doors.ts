import { setTimeout as wait } from 'node:timers/promises';
import { pathTo } from '#workers/routes.ts';

/** Where a trial takes place, and as whom. */
export type TrialSite = {
  readonly origin: string;
  readonly eventId: string;
  readonly slug: string;
  readonly gateId: string;
  /** Free ones. */
  readonly typeIds: readonly string[];
  readonly paidTypeId: string;
  /** A steward's session. */
  readonly cookie: string;
};

export type Heard = { readonly status: number; readonly body: unknown };

const retryAfterMs = 40;
const patienceMs = 10_000;

/**
 * Asks until there is an answer, with the same key each time: the server may be killed before, during or after its
 * decision, and whoever asks cannot tell which. A server's own error is no answer either.
 */
export async function untilAnswered(ask: () => Promise<Heard>, isOver: () => boolean): Promise<Heard | undefined> {
  while (!isOver()) {
    try {
      const heard = await ask();
      if (heard.status < 500) return heard;
    } catch {
      // Killed meanwhile, or not up yet.
    }
    await wait(retryAfterMs);
  }
  return undefined;
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Heard> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  });
  return { status: answer.status, body: await answer.json() };
}

/** A call of a method that takes many, with one item or more. */
export async function callInventory<Answer>(
  { origin, eventId }: TrialSite,
  door: 'hold' | 'confirm' | 'release' | 'scan' | 'enrol' | 'codes',
  items: readonly unknown[],
): Promise<{ status: number; body: Answer[] }> {
  const { status, body } = await post(`${origin}/chaos/${eventId}/${door}`, items);
  if (!Array.isArray(body)) throw new Error('No answers');
  return { status: body.some(isInternalError) ? 500 : status, body: body as Answer[] };
}

/** An item whose group could not be written: nothing was decided. */
function isInternalError(answer: unknown): boolean {
  return JSON.stringify(answer).includes('"internal_error"');
}

export function placeOrder({ origin, slug }: TrialSite, order: { key: string; typeId: string; quantity: number }) {
  const { key, typeId, quantity } = order;
  const contact = { name: 'Trial Visitor', email: `${key}@visitors.example` };
  const body = { event: slug, lines: [{ typeId, quantity }], contact };
  return post(origin + pathTo('apiOrders'), body, { 'idempotency-key': key, origin });
}

export type Paid = { readonly state: string; readonly ticketIds: readonly string[] };

/** A buyer pays by card, or goes as far as told. */
export function payByCard({ origin, eventId }: TrialSite, paying: { orderId: string; until: string }): Promise<Heard> {
  return post(`${origin}/chaos/${eventId}/pay`, paying);
}

export function scanByPage({ origin, slug, gateId, cookie }: TrialSite, scan: { scanId: string; code: string }) {
  return post(origin + pathTo('apiScans', { slug }), { ...scan, gateId }, { origin, cookie });
}
