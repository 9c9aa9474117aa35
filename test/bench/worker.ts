import { WorkerEntrypoint } from 'cloudflare:workers';
import { freshCustomer, freshIds } from './fresh-ids.ts';
import type { ActivationRequest } from '#shared/tickets/activation.ts';
import { activateTicket } from '#workers/operations/activate-ticket.ts';
import { printedCode } from '#workers/operations/issue-code.ts';
import { byCard } from '#shared/orders/attempt.ts';
import { loadChoice } from '#workers/operations/load-choice.ts';
import { placeOrder } from '#workers/operations/place-order.ts';
import { quoteOrder } from '#workers/operations/quote-order.ts';
import { servicesOf, type Services } from '#workers/services.ts';
import { openLiveSocket } from '#workers/operations/watch-event.ts';
import local, {
  EventInventory as LocalInventory,
  Mailbox as LocalMailbox,
  OrderDesk as LocalDesk,
} from '#workers/local/index.ts';
import type { LocalEnv } from '#workers/local/env.ts';
import {
  inventoryOf,
  type DeviceEnrolment,
  type HoldRequest,
  type ScanRequest,
} from '#objects/event-inventory/client.ts';

/**
 * The local Worker with doors that only benchmarks need: what others are measured against (a call of an object that does
 * nothing, and of one that stores a row a call), and one that leads straight to an event's object, which customers and
 * scanners reach as part of something larger.
 */
export * from '#workers/local/index.ts';

/** Under a binding that exists anyway: an object more would need a configuration of its own. */
export class Mailbox extends LocalMailbox {
  noop(): number {
    return 0;
  }

  /** What one would write first: a call, a row, its own commit. */
  naive(id: string): number {
    const { sql } = this.ctx.storage;
    sql.exec('CREATE TABLE IF NOT EXISTS naive_rows (id TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) WITHOUT ROWID');
    sql.exec('INSERT INTO naive_rows (id, at_ms) VALUES (?, ?)', id, Date.now());
    return 0;
  }
}

const silent = { send: () => Promise.resolve() } as unknown as LocalEnv['DOORBELL'];

/**
 * Rings no bell: here queue, projection and D1 would share the one thread that answers calls, where Cloudflare runs each
 * on machines of their own, and what they take would be counted as the object's.
 */
export class EventInventory extends LocalInventory {
  constructor(ctx: DurableObjectState, env: LocalEnv) {
    super(ctx, { ...env, DOORBELL: silent });
  }
}

export class OrderDesk extends LocalDesk {
  constructor(ctx: DurableObjectState, env: LocalEnv) {
    super(ctx, { ...env, DOORBELL: silent });
  }
}

type BenchEnv = Omit<LocalEnv, 'MAILBOX'> & { readonly MAILBOX: DurableObjectNamespace<Mailbox> };

const benchEventId = 'evt_bench';
const benchType = 'bench-ticket';
const ticketsPerOrder = 50;

/** So many fresh tickets, in orders as large as they may be. */
async function sell(env: BenchEnv, count: number): Promise<string[]> {
  const lines = [{ typeId: benchType, quantity: ticketsPerOrder }];
  const requests = freshIds(Math.ceil(count / ticketsPerOrder)).map((holdId) => {
    return { holdId, orderId: holdId, customerId: freshCustomer(), lines, firm: true, ttlMs: 0 };
  });
  await inventory(env).holdMany(requests);
  const confirmed = await inventory(env).confirmMany(requests.map(({ holdId }) => holdId));
  return confirmed.flatMap((answer) => (answer.ok ? answer.value.tickets.map(({ ticketId }) => ticketId) : []));
}

type BenchOrder = { readonly slug: string; readonly typeId: string; readonly key: string };

type Door = (env: BenchEnv, request: Request) => Promise<Response>;

const inventory = (env: BenchEnv) => inventoryOf(env.EVENT_INVENTORY, benchEventId);
const mailbox = (env: BenchEnv, name: string) => env.MAILBOX.get(env.MAILBOX.idFromName(name));

const doors: Readonly<Record<string, Door>> = {
  '/bench/noop': async (env) => new Response(String(await mailbox(env, 'noop').noop())),
  '/bench/naive': async (env, request) => new Response(String(await mailbox(env, 'naive').naive(await request.text()))),
  '/bench/hold': async (env, request) =>
    Response.json(await inventory(env).holdMany([await request.json<HoldRequest>()])),
  '/bench/scan': async (env, request) =>
    Response.json(await inventory(env).scanMany([await request.json<ScanRequest>()])),
  '/bench/codes': async (env, request) => {
    const ticketIds = await sell(env, await request.json<number>());
    const shown = await inventory(env).showTickets(ticketIds);
    const services = servicesOf(env);
    // As the pages of their holders make them: the inventory remembers what was issued.
    const codes = await Promise.all(shown.map((ticket) => printedCode(services, ticket)));
    return Response.json(codes.map((code) => code ?? ''));
  },
  '/bench/tickets': async (env, request) => Response.json(await sell(env, await request.json<number>())),
  '/bench/live-passes': async (env, request) => {
    const services = servicesOf(env);
    const asked = await request.json<ActivationRequest[]>();
    const answers = await Promise.all(asked.map((one) => activateTicket(services, benchEventId, one)));
    return Response.json(answers.map((answer) => (answer.ok ? answer.value.pass : '')));
  },
  '/bench/order': async (env, request) => Response.json(await wholeOrder(env, await request.json<BenchOrder>())),
  '/bench/enrol': async (env, request) =>
    countOk(await inventory(env).enrolDevices(await request.json<DeviceEnrolment[]>())),
  '/bench/gate-socket': (env, request) => inventory(env).fetch(request),
  '/bench/board': (env, request) => openLiveSocket(env, benchEventId, request),
  '/bench/hold-batch': async (env, request) => {
    const { count, hold } = await request.json<{ count: number; hold: HoldRequest }>();
    const holds = freshIds(count).map((holdId) => ({ ...hold, holdId, customerId: freshCustomer() }));
    return countOk(await inventory(env).holdMany(holds));
  },
  '/bench/scan-batch': async (env, request) => {
    const { codes, scan } = await request.json<{ codes: string[]; scan: ScanRequest }>();
    const ids = freshIds(codes.length);
    const scans = codes.map((code, index) => ({ ...scan, code, scanId: ids[index] ?? '' }));
    const answers = await inventory(env).scanMany(scans);
    return countOk(answers.map((answer) => ({ ok: answer.ok && answer.value.outcome === 'grant' })));
  },
};

/** From the quote to the ticket, as the checkout's page does it; `key` is the buyer's own, and so is the address. */
async function wholeOrder(env: BenchEnv, { slug, typeId, key }: BenchOrder) {
  const services: Services = { ...servicesOf(env), money: instantCard };
  const items = [{ kind: 'ticket' as const, of: slug, id: typeId, quantity: 1 }];
  const choice = await loadChoice(servicesOf(env), { items, codes: [] });
  if (!choice.ok) return choice;
  const priced = quoteOrder(services, choice.value);
  if (!priced.ok) return priced;
  const { quote } = priced.value;
  const { totalMinor } = quote;
  const placed = await placeOrder(services, {
    choice: choice.value,
    quote,
    contact: { name: 'Bench', email: `${key}@bench.example` },
    idempotencyKey: key,
    cameBy: async () => ({}),
    tender: totalMinor === 0 ? undefined : byCard(totalMinor),
  });
  return placed.ok ? { state: placed.value.state, tickets: placed.value.tickets.length } : placed;
}

/** A card that is good for everything, and says so at once. */
const instantCard: Services['money'] = ({ do: what }) =>
  Promise.resolve({ state: what === 'open' ? 'authorised' : 'captured', intentId: 'pi_bench' });

/** Only how many went well: reading the rest would be the load generator's work, not the object's. */
function countOk(answers: readonly { readonly ok: boolean }[]): Response {
  return Response.json({ ok: answers.filter(({ ok }) => ok).length });
}

/** Served on a socket of its own (scripts/local-server.ts): nothing stands between the load and these doors. */
export class Direct extends WorkerEntrypoint<BenchEnv> {
  override fetch(request: Request): Promise<Response> {
    const door = doors[new URL(request.url).pathname];
    return door === undefined
      ? Promise.resolve(new Response('No such door', { status: 404 }))
      : door(this.env, request);
  }
}

// The runtime asks for it under this name.
// oxlint-disable-next-line import/no-default-export
export default local;
