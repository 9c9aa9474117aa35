import { beforeEach, describe, expect, it, vi } from 'vitest';
import { platformBusinessId } from '#shared/access/permissions.ts';
import { earning, textOf } from '#test/support/earning.ts';
import { newWorker, post, sessionOf, trailOf } from '#test/support/staff.ts';
import { visit } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

describe('the platform’s books', () => {
  const finance = () => newWorker({ businessId: platformBusinessId, role: 'finance' });

  it('show the trial balance, what orders left over and what the gateway says', async () => {
    await earning();
    const { headers } = await finance();
    const page = await textOf(await visit(pathTo('studioFinance'), { headers }));
    for (const text of ['Trial balance', 'GBP: balanced', 'fees/platform/GBP', 'In suspense', 'gateway’s own list']) {
      expect(page).toContain(text);
    }
  });

  it('are the platform’s alone: an owner of a business opens neither them nor their doors', async () => {
    const owner = await newWorker({ businessId: await earning(), role: 'owner' });
    expect((await visit(pathTo('studioFinance'), owner)).status).toBe(403);
    expect((await post(pathTo('studioPayouts'), owner.headers, {})).status).toBe(403);
    expect((await post(pathTo('studioPayoutEnd'), owner.headers, {})).status).toBe(403);
  });

  const sums = (id: string) => ({ payee: `${id} GBP`, amount: '12.5' });

  it('pay out in two steps: proposed, then as the bank did it', async () => {
    const id = await earning();
    const { headers } = await finance();
    const payoutId = `pay_${crypto.randomUUID()}`;
    const proposed = await post(pathTo('studioPayouts'), headers, { id: payoutId, ...sums(id) });
    expect(proposed.headers.get('location')).toBe(`${pathTo('studioFinance')}?did=proposed#payouts`);
    const end = { id: payoutId, as: 'paid', reference: 'BACS 7' };
    expect((await post(pathTo('studioPayoutEnd'), headers, end)).status).toBe(303);
    expect((await post(pathTo('studioPayoutEnd'), headers, end)).status).toBe(409);
    const seen = await newWorker({ businessId: id, role: 'finance' });
    const page = await textOf(await visit(pathTo('studioMoneyOf', { businessId: id }), seen));
    expect(page).toContain('£12.50 Paid');
    expect(page).toContain('Due to you £57.50');
  });

  it('ask for a fresh proof before money moves', async () => {
    const id = await earning();
    const { personId } = await finance();
    const headers = await sessionOf(personId, Date.now() - 3_600_000);
    const answer = await post(pathTo('studioPayouts'), headers, { id: `pay_${crypto.randomUUID()}`, ...sums(id) });
    expect(answer.headers.get('location')).toContain(pathTo('prove'));
    expect(await trailOf(id)).toEqual([]);
  });

  it.each([['-5'], ['0'], ['1.234'], ['1e9'], ['£5'], ['999999999999']])('refuse an amount of %s', async (amount) => {
    const id = await earning();
    const { headers } = await finance();
    const asked = { id: `pay_${crypto.randomUUID()}`, payee: `${id} GBP`, amount };
    expect((await post(pathTo('studioPayouts'), headers, asked)).status).toBe(422);
  });

  it('pay no more than is due', async () => {
    const id = await earning();
    const { headers } = await finance();
    const asked = { id: `pay_${crypto.randomUUID()}`, payee: `${id} GBP`, amount: '70.01' };
    const answer = await post(pathTo('studioPayouts'), headers, asked);
    expect(answer.status).toBe(409);
    expect(await textOf(answer)).toContain('So much is not due');
  });
});
