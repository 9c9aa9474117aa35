import { describe, expect, it } from 'vitest';
import { chainHash, type Segment } from '#objects/common/segment-log.ts';
import { freshInventory, insideInventory, scanAt, sell, trailOf, type InventoryStub } from '#test/support/inventory.ts';

async function busyInventory() {
  const { stub } = await freshInventory();
  const tickets = await sell(stub, [{ typeId: 'day', quantity: 5 }]);
  for (const ticket of tickets) await scanAt(stub, ticket.handle);
  return stub;
}

/** Checks the trail as an auditor does: on from each answer until nothing was checked or something broke. */
async function audit(stub: InventoryStub) {
  let from = { nextSeq: 1, hash: '' };
  for (;;) {
    const check = await stub.checkTrail(from);
    if (check.brokenAtSeq !== undefined || check.checkedSegments === 0) return check;
    from = check;
  }
}

const tamper = (stub: InventoryStub, statement: string, ...values: (string | number)[]) =>
  insideInventory(stub, {}, ({ state }) => {
    state.storage.sql.exec(statement, ...values);
  });

async function firstAdmission(stub: InventoryStub): Promise<Segment> {
  const segments = await stub.trail(1);
  return segments.find(({ entries }) => entries.includes('"admitted"'))!;
}

describe('I7: checking the trail', () => {
  it('finds an untouched one whole, to its end', async () => {
    const stub = await busyInventory();
    expect(await audit(stub)).toMatchObject({ brokenAtSeq: undefined, nextSeq: (await trailOf(stub)).length + 1 });
  });

  it('finds longer ones whole too, page after page', async () => {
    const { stub } = await freshInventory();
    for (let n = 0; n < 150; n += 1) await scanAt(stub, '0000000000', { deviceId: `dev_${n}` });
    const first = await stub.checkTrail({ nextSeq: 1, hash: '' });
    const whole = await audit(stub);
    expect(first.nextSeq).toBeLessThan(whole.nextSeq);
    expect(whole).toMatchObject({ brokenAtSeq: undefined, nextSeq: (await stub.readLog(1e9)).headSeq + 1 });
  });

  it('breaks where an entry was changed', async () => {
    const stub = await busyInventory();
    const { firstSeq, entries } = await firstAdmission(stub);
    const changed = entries.replace('"admitted"', '"wrong_gate"');
    await tamper(stub, 'UPDATE log_segments SET entries = ? WHERE first_seq = ?', changed, firstSeq);
    expect((await audit(stub)).brokenAtSeq).toBe(firstSeq);
  });

  it('breaks at the next when the change was hashed anew', async () => {
    const stub = await busyInventory();
    const { firstSeq, lastSeq, previousHash, entries } = await firstAdmission(stub);
    const changed = entries.replace('"admitted"', '"wrong_gate"');
    const hash = chainHash(previousHash, changed);
    await tamper(stub, 'UPDATE log_segments SET entries = ?, hash = ? WHERE first_seq = ?', changed, hash, firstSeq);
    expect((await audit(stub)).brokenAtSeq).toBe(lastSeq + 1);
  });

  it.each([
    ['a segment was taken out', 'DELETE FROM log_segments WHERE first_seq = ?'],
    ['a segment was written over with something else', `UPDATE log_segments SET entries = 'gone' WHERE first_seq = ?`],
    ['its entries were emptied', `UPDATE log_segments SET entries = '[null]' WHERE first_seq = ?`],
  ])('breaks where %s', async (_what, statement) => {
    const stub = await busyInventory();
    const { firstSeq, lastSeq } = await firstAdmission(stub);
    await tamper(stub, statement, firstSeq);
    const where = statement.startsWith('DELETE') ? lastSeq + 1 : firstSeq;
    expect((await audit(stub)).brokenAtSeq).toBe(where);
  });

  it('breaks where an entry was renumbered, hashes and all', async () => {
    const stub = await busyInventory();
    const { firstSeq, previousHash, entries } = await firstAdmission(stub);
    const changed = entries.replace(`"seq":${firstSeq}`, `"seq":${firstSeq + 100}`);
    const hash = chainHash(previousHash, changed);
    await tamper(stub, 'UPDATE log_segments SET entries = ?, hash = ? WHERE first_seq = ?', changed, hash, firstSeq);
    expect((await audit(stub)).brokenAtSeq).toBe(firstSeq);
  });

  it('says by its end when the newest entries were cut off: the head a reader kept is not there', async () => {
    const stub = await busyInventory();
    const before = await audit(stub);
    await tamper(stub, 'DELETE FROM log_segments WHERE first_seq = (SELECT MAX(first_seq) FROM log_segments)');
    const after = await audit(stub);
    expect(after.brokenAtSeq).toBeUndefined();
    expect(after.nextSeq).toBeLessThan(before.nextSeq);
  });
});
