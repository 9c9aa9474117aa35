import { beforeEach, describe, expect, it, vi } from 'vitest';
import { balancesOf } from '#d1/queries/ledger.ts';
import { writeTransfers } from '#d1/queries/ledger-rows.ts';
import type { Transfer } from '#shared/ledger/transfer.ts';
import { customer, db, type Customer } from '#test/support/customers.ts';
import { environment } from '#test/support/environment.ts';
import { earning, textOf } from '#test/support/earning.ts';
import { transfer } from '#test/support/ledger-d1.ts';
import { newWorker, post, trailOf } from '#test/support/staff.ts';
import { visit } from '#test/workers/http/site.ts';
import { settingsOf } from '#workers/env.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { pathTo } from '#workers/routes.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

async function write(...transfers: Transfer[]) {
  const [first, ...rest] = writeTransfers(db, transfers);
  if (first !== undefined) await db.batch([first, ...rest]);
}

const idOf = ({ email }: Customer) => customerIdOf(settingsOf(environment).masterKey, email);

/** Somebody who topped up, was refunded and earned points. */
async function wealthy() {
  const one = await customer();
  const id = await idOf(one);
  await write(
    transfer({
      debit: 'suspense/orders/GBP',
      credit: `customer/${id}/cash/GBP`,
      amountMinor: 2_000,
      cause: 'order.earned',
    }),
    transfer({
      debit: 'refunds/payable/GBP',
      credit: `customer/${id}/cash/GBP`,
      amountMinor: 1_550,
      cause: 'refund.paid',
    }),
    transfer({
      debit: 'points/issued',
      credit: `customer/${id}/points`,
      amountMinor: 1_234,
      unit: 'PTS',
      cause: 'grant.given',
    }),
  );
  return { ...one, id };
}

describe('a customer’s statement (PRD 11.3)', () => {
  it('says what is there, and each step with the balance after it', async () => {
    const { headers } = await wealthy();
    const page = await textOf(await visit(`${pathTo('accountStatement')}?unit=GBP`, { headers }));
    for (const text of ['£35.50', '1,234 points', '+£15.50', '£20.00', 'Refund', 'Top-up']) {
      expect(page).toContain(text);
    }
  });

  it('is exported as it is shown, to the minor unit', async () => {
    const { headers } = await wealthy();
    const response = await visit(`${pathTo('accountStatementExport')}?unit=GBP`, { headers });
    expect(response.headers.get('content-type')).toContain('text/csv');
    const [head, newest, oldest] = (await response.text()).split('\r\n');
    expect(head).toBe('"at","what","order","change","balance","unit"');
    expect(newest).toContain('1550,3550,"GBP"');
    expect(oldest).toContain('2000,2000,"GBP"');
  });

  it('is read page by page, and the running balance goes on', async () => {
    const one = await customer();
    const id = await idOf(one);
    const given = Array.from({ length: 35 }, (_, n) =>
      transfer({ debit: 'points/issued', credit: `customer/${id}/points`, amountMinor: n + 1, unit: 'PTS' }),
    );
    await write(...given);
    const first = await (await visit(`${pathTo('accountStatement')}?unit=PTS`, one)).text();
    const older = /href="([^"]*before=\d+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await textOf(await visit(older, one));
    expect(second).toContain('+5 15');
    expect(second).not.toContain('+6 ');
  });

  it('of somebody who has nothing says so, and nobody else’s can be asked for', async () => {
    const one = await customer();
    const page = await textOf(await visit(pathTo('accountStatement'), one));
    expect(page).toContain('Nothing yet');
    const { id } = await wealthy();
    const curious = await visit(`${pathTo('accountStatement')}?customer=${id}&unit=GBP`, one);
    expect(await textOf(curious)).not.toContain('35.50');
    expect((await visit(`${pathTo('accountStatement')}?unit=USD`, one)).status).toBe(400);
    expect((await visit(`${pathTo('accountStatement')}?before=-1`, one)).status).toBe(400);
  });
});

describe('a business’s money', () => {
  it('is told by event: paid, refunded, fees, tax and what it earned', async () => {
    const id = await earning();
    const { headers } = await newWorker({ businessId: id, role: 'finance' });
    const page = await textOf(await visit(pathTo('studioMoneyOf', { businessId: id }), { headers }));
    expect(page).toContain('Shop £110.00 £24.00 £0.00 £5.00 £11.00 £70.00');
    expect(page).toContain('Due to you £70.00');
    expect((await visit(pathTo('studioMoney'), { headers })).headers.get('location')).toBe(
      pathTo('studioMoneyOf', { businessId: id }),
    );
  });

  it('is exported with a trace', async () => {
    const id = await earning();
    const worker = await newWorker({ businessId: id, role: 'owner' });
    const csv = await post(pathTo('studioMoneyExport', { businessId: id }), worker.headers, {});
    expect(await csv.text()).toContain('"","GBP",11000,500,1100,2400,0,7000');
    expect(await trailOf(id)).toMatchObject([{ action: 'earnings.exported', actorId: worker.personId }]);
  });

  it('is nobody else’s to see: another business looks like one that is not there', async () => {
    const [mine, other] = [await earning(), await earning()];
    const { headers } = await newWorker({ businessId: mine, role: 'finance' });
    for (const businessId of [other, 'biz_nobody']) {
      expect((await visit(pathTo('studioMoneyOf', { businessId }), { headers })).status).toBe(403);
      expect((await post(pathTo('studioMoneyExport', { businessId }), headers, {})).status).toBe(403);
    }
    const steward = await newWorker({ businessId: mine, role: 'gate_steward' });
    expect((await visit(pathTo('studioMoneyOf', { businessId: mine }), steward)).status).toBe(403);
  });
});

describe('an account that goes', () => {
  it('says what is still in the wallet, and asks for it to be given up', async () => {
    const { headers, id, personId } = await wealthy();
    const page = await textOf(await visit(pathTo('accountErase'), { headers }));
    expect(page).toContain('You still have £35.50 and 1,234 points');
    const refused = await post(pathTo('accountErase'), headers, { word: 'ERASE' });
    expect(refused.status).toBe(422);
    const copy = await visit(pathTo('accountExport'), { method: 'POST', headers });
    const { balances } = await copy.json<{ balances: { unit: string; balanceMinor: number; lines: unknown[] }[] }>();
    expect(balances.map(({ unit, balanceMinor, lines }) => [unit, balanceMinor, lines.length])).toEqual([
      ['GBP', 3_550, 2],
      ['PTS', 1_234, 1],
    ]);
    const done = await post(pathTo('accountErase'), headers, { word: 'ERASE', gives_up_balance: 'on' });
    expect(done.status).toBe(200);
    // Nobody who gets the address later finds it; the rows stay, and still balance.
    expect(await balancesOf(db, id)).toMatchObject({ cash: [{ balanceMinor: 0 }], points: { balance: 0 } });
    expect((await balancesOf(db, personId)).cash[0]?.balanceMinor).toBe(3_550);
  });
});
