import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readProjectionHealth } from '#d1/queries/projection-health.ts';
import { postingsOf } from '#shared/ledger/postings.ts';
import type { DeskMoneyEntry, LogEntry } from '#shared/trail/entries.ts';
import type { Reader } from '#workers/operations/log-sources.ts';
import { project } from '#workers/operations/project-log.ts';
import { rebuildProjection } from '#workers/operations/rebuild-projection.ts';
import { orderStories } from '#test/support/ledger-book.ts';
import { db, refusal, transfer, write } from '#test/support/ledger-d1.ts';
import { cursorOf, projectionServices } from '#test/support/read-models.ts';
import { freshDesk } from '#test/support/desk.ts';

const { services } = projectionServices();

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

type MoneyEntry = LogEntry<DeskMoneyEntry>;

/** A desk that says these bodies and nothing else, a page at a time. */
function desk(bodies: (orderId: (name: string | number) => string) => readonly DeskMoneyEntry[], pageLength = 64) {
  const { desk: name } = freshDesk();
  const entries: MoneyEntry[] = bodies((order) => `ord_${name}_${order}`).map((body, index) => {
    return { seq: index + 1, atMs: 10 + index, ...body };
  });
  const readLog = (seq: number) =>
    Promise.resolve({ entries: entries.slice(seq, seq + pageLength), headSeq: entries.length });
  const reader: Reader = { ...services, desk: (() => ({ readLog })) as unknown as Reader['desk'] };
  return { name, source: `desk:${name}`, entries, reader };
}

const written = async (name: string) => {
  const { results } = await db.$client
    .prepare(
      'SELECT transfer_id AS id, amount_minor AS amountMinor FROM ledger_transfers WHERE transfer_id GLOB ? ORDER BY seq',
    )
    .bind(`ord_${name}_*`)
    .all<{ id: string; amountMinor: number }>();
  return results;
};

const openItems = async (name: string) => {
  const { results } = await db.$client
    .prepare('SELECT account_id, order_id, balance_minor FROM ledger_open_items WHERE order_id GLOB ?')
    .bind(`ord_${name}_*`)
    .all();
  return results;
};

const captured = (orderId: string, amountMinor: number): DeskMoneyEntry => ({
  kind: 'money.captured',
  orderId,
  customerId: 'cus_1',
  currency: 'GBP',
  attemptId: `${orderId}/1`,
  gateway: 'stripe',
  gatewayRef: `pi_${orderId}`,
  amountMinor,
});

describe('what desks’ logs ask the ledger for', () => {
  it('is posted as it was asked, whatever happened to the orders; at rest nothing is left over (I3, I4)', async () => {
    await fc.assert(
      fc.asyncProperty(orderStories, async (stories) => {
        const told = desk((orderId) =>
          stories.flatMap(({ orderId: name, entries }) => {
            const text = JSON.stringify(entries).replaceAll(name, orderId(name));
            return (JSON.parse(text) as MoneyEntry[]).map(({ seq: _seq, atMs: _atMs, ...body }) => body);
          }),
        );
        expect(await project(told.reader, told.source)).toBe(true);
        const asked = told.entries.flatMap(postingsOf);
        expect(await written(told.name)).toEqual(asked.map(({ transferId: id, amountMinor }) => ({ id, amountMinor })));
        expect(await openItems(told.name)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('is in the batch that moves the cursor, hundreds at once', async () => {
    const told = desk((orderId) => Array.from({ length: 2_500 }, (_, n) => captured(orderId(n), n + 1)), 1_200);
    expect(await project(told.reader, told.source)).toBe(true);
    expect(await written(told.name)).toHaveLength(2_500);
    expect(await cursorOf(told.source)).toBe(2_500);
    expect(await openItems(told.name)).toHaveLength(2_500);
  });

  it('is posted once, however often and by however many it is read (I5)', async () => {
    const told = desk((orderId) => [captured(orderId(1), 10), captured(orderId(2), 20)]);
    await Promise.allSettled([project(told.reader, told.source), project(told.reader, told.source)]);
    await db.$client.prepare('DELETE FROM projection_cursors WHERE source = ?').bind(told.source).run();
    await project(told.reader, told.source);
    expect((await written(told.name)).map(({ amountMinor }) => amountMinor)).toEqual([10, 20]);
  });
});

describe('an entry the ledger cannot take', () => {
  const poisonOf = async (source: string) =>
    (await readProjectionHealth(db)).poison.filter((row) => row.source === source).map(({ seq, why }) => [seq, why]);

  it('that does not add up is set aside whole, and those around it are posted', async () => {
    const told = desk((orderId) => [
      captured(orderId(1), 10),
      {
        kind: 'order.earned',
        orderId: orderId(1),
        customerId: 'cus_1',
        currency: 'GBP',
        topUpMinor: 0,
        shares: [{ businessId: 'biz_a', countryCode: 'GB', netMinor: 9, feeMinor: 0, taxMinor: 0, discounts: [] }],
        tender: { cardMinor: 10, walletMinor: 0, points: 0, pointsMinor: 0 },
      },
      captured(orderId(2), 20),
    ]);
    expect(await project(told.reader, told.source)).toBe(true);
    expect((await written(told.name)).map(({ amountMinor }) => amountMinor)).toEqual([10, 20]);
    expect(await poisonOf(told.source)).toEqual([[2, expect.stringContaining('is not 10')]]);
  });

  it('that the database refuses stands alone, is set aside, and takes nothing along', async () => {
    const told = desk((orderId) => [1, 2, 3, 4, 5].map((n) => captured(orderId(n), n * 10)));
    const [, , third] = told.entries.flatMap(postingsOf);
    if (third === undefined) throw new Error('Five were captured');
    await write([{ ...third, amountMinor: 7 }]);
    expect(await project(told.reader, told.source)).toBe(true);
    expect(await poisonOf(told.source)).toEqual([[3, expect.stringContaining('another transfer')]]);
    expect((await written(told.name)).map(({ amountMinor }) => amountMinor).toSorted((a, b) => a - b)).toEqual([
      7, 10, 20, 40, 50,
    ]);
  });
});

describe('rebuilding from zero', () => {
  it('finds the ledger as the log asked for it, and does not touch it', async () => {
    const told = desk((orderId) => [captured(orderId(1), 10), captured(orderId(2), 20)]);
    await project(told.reader, told.source);
    const before = await written(told.name);
    for (const adopt of [false, true]) {
      expect((await rebuildProjection(told.reader, told.source, { adopt }))?.differences).toEqual([]);
    }
    expect(await written(told.name)).toEqual(before);
  });

  it('names a posting that is missing, one nobody asked for and one that differs', async () => {
    const told = desk((orderId) => [captured(orderId(1), 10), captured(orderId(2), 20), captured(orderId(3), 30)]);
    const [first, second] = told.entries.flatMap(postingsOf);
    if (first === undefined || second === undefined) throw new Error('Three were captured');
    await write([first, { ...second, amountMinor: 21 }]);
    await write([transfer({ transferId: `ord_${told.name}_9/1/captured`, cause: 'money.captured' })]);
    const cursor = 'INSERT INTO projection_cursors (source, seq) VALUES (?, 3)';
    expect(await refusal(cursor, told.source)).toBeUndefined();
    const found = await rebuildProjection(told.reader, told.source, { adopt: false });
    const ledger = found?.differences.find(({ table }) => table === 'ledger_transfers');
    expect(ledger?.missing.map((row) => row['amount_minor'])).toEqual([20, 30]);
    expect(ledger?.surplus.map((row) => row['amount_minor'])).toEqual([21, 100]);
    expect(await written(told.name)).toHaveLength(3);
  });

  it('posts what is missing when told to adopt, and leaves every row that stands', async () => {
    const told = desk((orderId) => [captured(orderId(1), 10), captured(orderId(2), 20)]);
    const [first, second] = told.entries.flatMap(postingsOf);
    if (first === undefined || second === undefined) throw new Error('Two were captured');
    await write([{ ...first, amountMinor: 11 }]);
    expect(await refusal('INSERT INTO projection_cursors (source, seq) VALUES (?, 2)', told.source)).toBeUndefined();
    await rebuildProjection(told.reader, told.source, { adopt: true });
    expect((await written(told.name)).map(({ amountMinor }) => amountMinor)).toEqual([11, 20]);
  });
});
