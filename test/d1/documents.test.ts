import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeSellerProfile } from '#d1/queries/sellers.ts';
import { earnings } from '#shared/orders/earnings.ts';
import { project } from '#workers/operations/project-log.ts';
import { rebuildProjection } from '#workers/operations/rebuild-projection.ts';
import { givenBack, issuedBy, sales, soldBy, telling } from '#test/support/documents-d1.ts';
import { db, fresh, refusal } from '#test/support/ledger-d1.ts';
import { outOfReach, troubledDatabase } from '#test/support/unreliable.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const profile = { legalName: 'Loomhouse Nine Ltd', address: '9 Canal Road', taxNumber: 'GB 123 4567 89', version: 0 };

/** Reads a log to its end, however often the database is away meanwhile. */
async function readOn(told: ReturnType<typeof telling>, through?: Parameters<typeof told.reader>[0]): Promise<void> {
  for (;;) {
    try {
      if (await project(told.reader(through), told.source)) return;
    } catch {
      // Its batch was refused or lost: the bell rings again.
    }
  }
}

describe('numbers of documents', () => {
  it('have no gap and no second owner, whoever reads which desk’s log when, and whatever batches get lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 3 }),
        fc.array(fc.constantFrom('well', 'lost', 'answer lost'), { minLength: 8, maxLength: 8 }),
        async (counts, weather) => {
          const businessId = fresh('biz');
          let calls = 0;
          const next = () => weather[(calls += 1)] ?? 'well';
          const through = troubledDatabase({
            before: () => (next() === 'lost' ? outOfReach() : undefined),
            after: () => (next() === 'answer lost' ? outOfReach() : undefined),
          });
          const desks = counts.map((count) => telling(sales(businessId, count), 2));
          await Promise.all(desks.flatMap((told) => [readOn(told, through), readOn(told)]));
          const issued = await issuedBy(businessId);
          const sold = counts.reduce((sum, count) => sum + count, 0);
          expect(issued.map(({ number }) => number)).toEqual(upTo(sold));
          expect(new Set(issued.map(({ id }) => id)).size).toBe(sold);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('are given by the hundred in one statement, a series for each seller and kind', async () => {
    const [registered, small] = [fresh('biz'), fresh('biz')];
    expect(await writeSellerProfile(db, registered, profile, 1)).toHaveLength(1);
    const told = telling(
      (orderId) => [
        ...sales(registered, 250)(orderId),
        ...sales(small, 3)((no) => orderId(1_000 + no)),
        givenBack(soldBy(registered, orderId(7))),
        givenBack(soldBy(registered, orderId(8))),
      ],
      300,
    );
    await readOn(told);
    const issued = await issuedBy(registered);
    const numbersOf = (kind: string) => issued.filter((each) => each.kind === kind).map(({ number }) => number);
    expect(numbersOf('invoice')).toEqual(upTo(250));
    expect(numbersOf('credit_note')).toEqual([1, 2]);
    expect((await issuedBy(small)).map(({ kind, number }) => [kind, number])).toEqual(
      upTo(3).map((number) => ['receipt', number]),
    );
  });

  it('belong to what was asked for, though its log is read again from the beginning', async () => {
    const businessId = fresh('biz');
    const told = telling(sales(businessId, 4));
    await readOn(told);
    const before = await issuedBy(businessId);
    expect(await refusal('DELETE FROM projection_cursors WHERE source = ?', told.source)).toBeUndefined();
    await readOn(told);
    expect(await issuedBy(businessId)).toEqual(before);
  });
});

describe('a rebuild from zero', () => {
  it('finds every document as it was issued, though its seller has moved since, and numbers nothing anew', async () => {
    const businessId = fresh('biz');
    const told = telling((orderId) => [...sales(businessId, 3)(orderId), givenBack(soldBy(businessId, orderId(1)))]);
    await readOn(told);
    const before = await issuedBy(businessId);
    expect(before).toHaveLength(4);
    await writeSellerProfile(db, businessId, profile, 2);
    for (const adopt of [false, true]) {
      expect((await rebuildProjection(told.reader(), told.source, { adopt }))?.differences).toEqual([]);
    }
    expect(await issuedBy(businessId)).toEqual(before);
  });

  it('issues what is missing under the next numbers, and nothing before it is told to', async () => {
    const [businessId, later] = [fresh('biz'), 1];
    const told = telling((orderId) => [
      ...earnings(soldBy(businessId, orderId(0))),
      ...earnings(soldBy(businessId, orderId(1))),
      givenBack(soldBy(businessId, orderId(1))),
    ]);
    // Somebody skipped the rest of the log, as an entry that was set aside is.
    await readOn({ ...told, reader: () => ({ ...told.reader(), desk: onlyFirst(told) }) });
    await db.$client.prepare('UPDATE projection_cursors SET seq = 3 WHERE source = ?').bind(told.source).run();
    expect(await issuedBy(businessId)).toHaveLength(later);
    const found = await rebuildProjection(told.reader(), told.source, { adopt: false });
    const missing = found?.differences.find(({ table }) => table === 'documents')?.missing ?? [];
    // Its business's and the platform's, sold and given back.
    expect(missing).toHaveLength(4);
    expect(await issuedBy(businessId)).toHaveLength(later);
    await rebuildProjection(told.reader(), told.source, { adopt: true });
    const issued = await issuedBy(businessId);
    expect(issued.map(({ kind, number }) => [kind, number])).toEqual([
      ['credit_note', 1],
      ['receipt', 1],
      ['receipt', 2],
    ]);
    expect(issued[0]?.refersTo).toBe(issued[2]?.id);
  });
});

function onlyFirst({ entries }: ReturnType<typeof telling>) {
  const readLog = (seq: number) => Promise.resolve({ entries: entries.slice(seq, 1), headSeq: 1 });
  return (() => ({ readLog })) as never;
}

describe('the database itself refuses', () => {
  const insert = `INSERT INTO documents (id, seller_id, kind, number, order_id, refers_to, currency, tax_minor, total_minor,
    figures, seller, digest, supplied_at_ms, issued_at_ms) VALUES (?, ?, ?, ?, 'ord_1', ?, 'GBP', 0, 1, '{}', '{}', '', 1, 1)`;
  const enter = (id: string, sellerId: string, number: unknown, kind = 'receipt', refersTo: string | null = null) =>
    refusal(insert, id, sellerId, kind, number, refersTo);

  it('a gap, a number twice, and a second document under an id', async () => {
    const [seller, id] = [fresh('biz'), fresh('doc')];
    expect(await enter(id, seller, 2)).toContain('not the next number');
    expect(await enter(id, seller, 1)).toBeUndefined();
    expect(await enter(fresh('doc'), seller, 1)).toContain('not the next number');
    expect(await enter(fresh('doc'), seller, 3)).toContain('not the next number');
    expect(await enter(id, seller, 2)).toContain('stands under this id');
    const replacing = insert.replace('INSERT', 'INSERT OR REPLACE');
    expect(await refusal(replacing, id, seller, 'receipt', 2, null)).toContain('stands under this id');
  });

  it('a credit note about nothing, about another seller’s document, and about a credit note', async () => {
    const [seller, other] = [fresh('biz'), fresh('biz')];
    const [sale, note] = [fresh('doc'), fresh('doc')];
    await enter(sale, seller, 1);
    const cannot = 'takes from a document of its seller';
    expect(await enter(fresh('doc'), seller, 1, 'credit_note')).toContain(cannot);
    expect(await enter(fresh('doc'), other, 1, 'credit_note', sale)).toContain(cannot);
    expect(await enter(note, seller, 1, 'credit_note', sale)).toBeUndefined();
    expect(await enter(fresh('doc'), seller, 2, 'credit_note', note)).toContain(cannot);
  });

  it.each([
    'UPDATE documents SET total_minor = 2',
    'DELETE FROM documents',
    'UPDATE OR REPLACE documents SET number = 1',
  ])('an edit: %s', async (sql) => {
    await enter(fresh('doc'), fresh('biz'), 1);
    expect(await refusal(sql)).toContain('what was issued stands');
  });
});
