import { setTimeout as wait } from 'node:timers/promises';
import type { ConfirmAnswer, HoldAnswer } from '#objects/event-inventory/client.ts';
import type { Result } from '#shared/result.ts';
import type { Acknowledged } from './audit.ts';
import { callInventory, payByCard, placeOrder, scanByPage, untilAnswered, type Paid, type TrialSite } from './doors.ts';
import type { TrialLane } from './lane.ts';

/** How many do each thing at once. */
const crowd = { orders: 12, payers: 6, holders: 10, scanners: 12, scansPerLane: 8 } as const;
/** Tickets the scanners pick from: few enough that the same one is scanned by several at once. */
const scannable = 200;
const holdTtlMs = 1_500;
const feedEveryMs = 150;
const codesPerCall = 100;

type Shown = { readonly ticketId: string; readonly code: string };
type Verdict = { readonly outcome?: string };

export type AskedAgain =
  | { readonly kind: 'order'; readonly key: string; readonly typeId: string; readonly quantity: number }
  | { readonly kind: 'paid'; readonly key: string }
  | { readonly kind: 'scan'; readonly key: string; readonly code: string }
  | { readonly kind: 'confirm'; readonly key: string };

/**
 * Buyers, holders and scanners who go on until they are told to stop, and finish what they began. Each remembers what it
 * was told, and what it asked, so that the same can be asked again.
 */
export class ChaosLoad {
  readonly acknowledged: Acknowledged[] = [];
  readonly askedAgain: AskedAgain[] = [];
  /** Orders whose buyers approved at the bank and did not come back. */
  readonly leftAtBank: string[] = [];
  readonly #site: TrialSite;
  readonly #lanes: readonly TrialLane[];
  readonly #givenUp = Promise.withResolvers<undefined>();
  #isEnding = false;
  #isOver = false;
  #unshown: string[] = [];
  #shown: Shown[] = [];

  constructor(site: TrialSite, lanes: readonly TrialLane[]) {
    this.#site = site;
    this.#lanes = lanes;
  }

  /** Resolves when everybody has finished, or when `giveUp` was called. */
  async run(): Promise<void> {
    const many = (count: number, act: () => Promise<void>) => Array.from({ length: count }, () => this.#repeat(act));
    await Promise.all([
      ...many(crowd.orders, () => this.#order()),
      ...many(crowd.payers, () => this.#pay()),
      ...many(crowd.holders, () => this.#holdAndDecide()),
      ...many(crowd.scanners, () => this.#scan((scanId, code) => this.#byPage(scanId, code))),
      ...this.#lanes.flatMap((lane) =>
        many(crowd.scansPerLane, () => this.#scan((scanId, code) => lane.scan(scanId, code))),
      ),
      this.#repeat(() => this.#feed()),
    ]);
  }

  /** Nobody begins anything new. */
  end(): void {
    this.#isEnding = true;
  }

  /** Nobody waits any more either. */
  giveUp(): void {
    this.#isOver = true;
    this.#givenUp.resolve(undefined);
  }

  async #repeat(act: () => Promise<void>): Promise<void> {
    while (!this.#isEnding) await act();
  }

  readonly #isGivenUp = () => this.#isOver;

  async #order(): Promise<void> {
    const order = { key: crypto.randomUUID(), typeId: this.#anyType(), quantity: 1 + Math.floor(Math.random() * 3) };
    const heard = await untilAnswered(async () => {
      const answer = await placeOrder(this.#site, order);
      // Placed, but still on its way: asked for again until it has come to its end.
      const isUnderWay = answer.status === 201 && orderAnswer(answer.status, answer.body) === undefined;
      return isUnderWay ? { ...answer, status: 503 } : answer;
    }, this.#isGivenUp);
    if (heard === undefined) return;
    const answer = orderAnswer(heard.status, heard.body);
    if (answer === undefined) throw new Error(`An order was refused: ${JSON.stringify(heard)}`);
    this.acknowledged.push({ key: order.key, kind: 'order', ...answer });
    this.askedAgain.push({ kind: 'order', ...order });
    this.#unshown.push(...answer.ticketIds);
  }

  /** By card: most see it through, some leave before they pay, and some right after. */
  async #pay(): Promise<void> {
    const order = {
      key: crypto.randomUUID(),
      typeId: this.#site.paidTypeId,
      quantity: 1 + Math.floor(Math.random() * 2),
    };
    const placed = await untilAnswered(() => placeOrder(this.#site, order), this.#isGivenUp);
    if (placed === undefined) return;
    const { orderId } = placed.body as { orderId?: string };
    if (placed.status !== 201 || orderId === undefined) {
      throw new Error(`A paid order was refused: ${JSON.stringify(placed)}`);
    }
    const chance = Math.random();
    const until = chance < 0.1 ? 'opened' : chance < 0.3 ? 'approved' : 'settled';
    const heard = await untilAnswered(async () => {
      const answer = await payByCard(this.#site, { orderId, until });
      const isDone = until !== 'settled' || endsOfPaying.has((answer.body as Paid).state);
      return isDone ? answer : { ...answer, status: 503 };
    }, this.#isGivenUp);
    if (heard === undefined) return;
    if (until === 'approved') this.leftAtBank.push(orderId);
    if (until !== 'settled') return;
    const { ticketIds } = heard.body as Paid;
    this.acknowledged.push({ key: orderId, kind: 'paid', answer: ticketIds.join(' '), ticketIds });
    this.askedAgain.push({ kind: 'paid', key: orderId });
    this.#unshown.push(...ticketIds);
  }

  async #holdAndDecide(): Promise<void> {
    const holdId = `hold_${crypto.randomUUID()}`;
    const lines = [{ typeId: this.#anyType(), quantity: 1 + Math.floor(Math.random() * 4) }];
    const request = { holdId, orderId: holdId, customerId: holdId, lines, firm: false, ttlMs: holdTtlMs };
    const held = await this.#ask<HoldAnswer>('hold', request);
    if (held === undefined) return;
    this.acknowledged.push({ key: holdId, kind: 'hold', answer: JSON.stringify(held) });
    // A refusal has nothing to decide; of the others some are confirmed, some let go, and some forgotten.
    const chance = Math.random();
    if (!held.ok || chance > 0.75) return;
    if (chance < 0.5) await this.#confirm(holdId);
    else if ((await this.#ask<Result<undefined>>('release', holdId))?.ok === true) {
      this.acknowledged.push({ key: holdId, kind: 'release', answer: 'released' });
    }
  }

  async #confirm(holdId: string): Promise<void> {
    const answer = await this.#ask<ConfirmAnswer>('confirm', holdId);
    if (answer === undefined) return;
    const ticketIds = answer.ok ? answer.value.tickets.map(({ ticketId }) => ticketId) : [];
    this.acknowledged.push({ key: holdId, kind: 'confirm', answer: JSON.stringify(answer), ticketIds });
    this.askedAgain.push({ kind: 'confirm', key: holdId });
    this.#unshown.push(...ticketIds);
  }

  async #scan(decide: (scanId: string, code: string) => Promise<unknown>): Promise<void> {
    const ticket = this.#shown[Math.floor(Math.random() * this.#shown.length)];
    if (ticket === undefined) {
      await wait(feedEveryMs);
      return;
    }
    const key = crypto.randomUUID();
    const verdict = (await Promise.race([decide(key, ticket.code), this.#givenUp.promise])) as Verdict | undefined;
    if (verdict === undefined) return;
    const admitted = verdict.outcome === 'grant' ? { admitted: ticket.ticketId } : {};
    this.acknowledged.push({ key, kind: 'scan', answer: JSON.stringify(verdict), ...admitted });
    this.askedAgain.push({ kind: 'scan', key, code: ticket.code });
  }

  async #byPage(scanId: string, code: string): Promise<unknown> {
    const heard = await untilAnswered(() => scanByPage(this.#site, { scanId, code }), this.#isGivenUp);
    if (heard === undefined) return undefined;
    if (heard.status !== 200) throw new Error(`A scan was refused: ${JSON.stringify(heard)}`);
    return heard.body;
  }

  /** Shows the codes of tickets that were handed out to the scanners. */
  async #feed(): Promise<void> {
    await wait(feedEveryMs);
    const ticketIds = this.#unshown.splice(0, codesPerCall);
    if (ticketIds.length === 0) return;
    const heard = await untilAnswered(() => callInventory<string>(this.#site, 'codes', ticketIds), this.#isGivenUp);
    const codes = (heard?.body ?? []) as string[];
    const fresh = codes.flatMap((code, at) => (code === '' ? [] : [{ ticketId: ticketIds[at] ?? '', code }]));
    this.#shown = [...this.#shown, ...fresh].slice(-scannable);
  }

  async #ask<Answer>(door: 'hold' | 'confirm' | 'release', item: unknown): Promise<Answer | undefined> {
    const heard = await untilAnswered(() => callInventory<Answer>(this.#site, door, [item]), this.#isGivenUp);
    return (heard?.body as Answer[] | undefined)?.[0];
  }

  #anyType(): string {
    const { typeIds } = this.#site;
    return typeIds[Math.floor(Math.random() * typeIds.length)] ?? '';
  }
}

const endsOfPaying = new Set(['completed', 'released', 'refunded']);

/** What an order's answer promises: its tickets, or that there are none; undefined while it is on its way. */
export function orderAnswer(status: number, body: unknown): { answer: string; ticketIds: string[] } | undefined {
  const { tickets, code } = body as { tickets?: { ticketId: string }[]; code?: string };
  if (status === 201) {
    const ticketIds = (tickets ?? []).map(({ ticketId }) => ticketId).toSorted();
    return ticketIds.length === 0 ? undefined : { answer: ticketIds.join(' '), ticketIds };
  }
  return code === 'sold_out' ? { answer: code, ticketIds: [] } : undefined;
}
