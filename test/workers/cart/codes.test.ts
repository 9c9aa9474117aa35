import { beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '#shared/time.ts';
import { promoBrakes } from '#shared/access/brakes.ts';
import { orderRequest, publishEvent, publishShopOf, visit, type ProblemBody } from '#test/workers/http/site.ts';
import { digestOfCode } from '#workers/operations/promo-codes.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { freshBuyer, Shopper, signedInShopper, wordsOf } from './shopper.ts';

const now = Date.now();
const open = { from: now - dayMs, until: now + dayMs };
const percent = (basisPoints: number) => ({ kind: 'percent' as const, basisPoints });
const promoOf = async (code: string, more: object = {}) => ({
  id: code.toLowerCase(),
  name: `Code ${code}`,
  codeDigest: await digestOfCode(code),
  off: percent(1_000),
  window: open,
  ...more,
});

beforeAll(async () => {
  await publishShopOf({
    products: [{ id: 'tote', name: 'Tote bag', priceMinor: 1_000, stock: 50, perOrderMax: 9 }],
    promos: await Promise.all([
      promoOf('TENTH'),
      promoOf('ALLFREE', { off: percent(10_000) }),
      promoOf('OVER', { window: { from: now - 2 * dayMs, until: now - dayMs } }),
      promoOf('SOON', { window: { from: now + dayMs, until: now + 2 * dayMs } }),
      promoOf('TOTES', { productIds: ['tote'] }),
      promoOf('SPENDMORE', { minSpendMinor: 100_000 }),
      promoOf('LASTONE', { off: percent(10_000), uses: 1 }),
      promoOf('ONEEACH', { off: percent(10_000), perCustomerMax: 1 }),
    ]),
  });
});

const event = () => publishEvent({ priceMinor: 2_400, perOrderMax: 6 });
const detailOf = (code: Parameters<typeof problemOf>[0]['code'], facts = {}) => problemOf({ code, facts }).detail;

async function withDay(slug: string, shopper = new Shopper()): Promise<Shopper> {
  await shopper.add(slug, { q_day: '1' });
  return shopper;
}

describe('a promo code in the cart', () => {
  it('takes its percentage off however it is written, stays after a reload, and can be taken out', async () => {
    const shopper = await withDay((await event()).slug);
    await shopper.press('code', { code: ' te-nth ' });
    expect(wordsOf((await shopper.cart()).text)).toContain('£21.60');
    await shopper.press('remove-code:TENTH');
    expect(wordsOf((await shopper.cart()).text)).not.toContain('£21.60');
  });

  it.each([
    ['nobody made', 'NOSUCHCODE', detailOf('promo_unknown')],
    ['cannot be one', '<script>', detailOf('promo_unknown')],
    ['is over', 'OVER', detailOf('promo_over')],
    ['is not open yet', 'SOON', detailOf('promo_not_yet')],
    ['is for other things', 'TOTES', detailOf('promo_not_for_these')],
    ['asks for more', 'SPENDMORE', detailOf('promo_spend_more', { least: '£1,000' })],
  ])('that %s is refused in words of its own', async (_what, code, detail) => {
    const shopper = await withDay((await event()).slug);
    const answer = await shopper.press('code', { code });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer.text)).toContain(detail);
  });

  it('is not guessed: a browser’s tries end, whoever is signed in still has theirs, and right codes are no tries', async () => {
    const { slug } = await event();
    const shopper = await withDay(slug);
    for (let tries = 0; tries < promoBrakes.browser.limit; tries += 1) {
      await shopper.press('code', { code: `GUESS${tries}` });
    }
    const right = await shopper.press('code', { code: 'TENTH' });
    expect(right.status).toBe(422);
    expect(wordsOf(right.text)).toContain(messages.storefront.checkout.code.title);
    expect(wordsOf((await shopper.cart()).text)).not.toContain('£21.60');
    const known = await withDay(slug, (await signedInShopper()).shopper);
    for (let turn = 0; turn < promoBrakes.browser.limit + 3; turn += 1) {
      await known.press('code', { code: 'TENTH' });
      await known.press('remove-code:TENTH');
    }
    await known.press('code', { code: 'TENTH' });
    expect(wordsOf((await known.cart()).text)).toContain('£21.60');
  });
});

describe('a promo code at the checkout', () => {
  it('comes along signed: one that was written into the form is not believed', async () => {
    const { slug } = await event();
    const shopper = new Shopper();
    const { action, fields } = await shopper.openCheckout(`${pathTo('checkout', { slug })}?q_day=1`);
    const applied = await shopper.post(action, { ...fields, ...freshBuyer(), code: 'TENTH', do: 'code' });
    expect(wordsOf(applied.text)).toContain('£21.60');
    const forged = await shopper.post(action, {
      ...fields,
      ...freshBuyer(),
      codes: 'ALLFREE',
      quote: `${fields['quote']}x`,
    });
    expect(forged.status).toBe(409);
    expect(wordsOf(forged.text)).toContain('£24');
  });

  it('that ran out meanwhile stops the order where it stands, and nothing that was typed is lost', async () => {
    const { slug, left } = await event();
    const [first, second] = [new Shopper(), new Shopper()];
    const forms = await Promise.all(
      [first, second].map(async (shopper) => {
        const { action, fields } = await shopper.openCheckout(`${pathTo('checkout', { slug })}?q_day=1`);
        const { text } = await shopper.post(action, { ...fields, ...freshBuyer(), code: 'LASTONE', do: 'code' });
        return { shopper, action, fields: { ...fields, quote: /name="quote" value="([^"]+)"/.exec(text)?.[1] ?? '' } };
      }),
    );
    const buyers = [freshBuyer(), freshBuyer()];
    const answers = await Promise.all(
      forms.map(({ shopper, action, fields }, index) => shopper.post(action, { ...fields, ...buyers[index] })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
    const refused = answers.findIndex(({ status }) => status === 409);
    const page = answers[refused]?.text ?? '';
    expect(wordsOf(page)).toContain(detailOf('promo_used_up', { promo: 'Code LASTONE' }));
    expect(page).toContain(`value="${buyers[refused]?.email}"`);
    expect(await left()).toMatchObject({ day: 99 });
  });
});

describe('a promo code in a program’s order', () => {
  const path = pathTo('apiOrders');
  const order = (slug: string, codes: string[], contact = freshBuyer()) =>
    visit(path, orderRequest({ event: slug, lines: [{ typeId: 'day', quantity: 1 }], contact, codes } as never));

  it('is named with what it took off', async () => {
    const answer = await order((await event()).slug, ['allfree']);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      state: 'completed',
      totalMinor: 0,
      discounts: [{ promoId: 'allfree', amountMinor: 2_400 }],
    });
  });

  it.each([
    ['NOSUCHCODE', 422, 'promo_unknown'],
    ['OVER', 422, 'promo_over'],
    ['TOTES', 422, 'promo_not_for_these'],
  ])('%s is a problem, and nothing is ordered', async (code, status, problem) => {
    const { slug, left } = await event();
    const answer = await order(slug, [code]);
    expect(await answer.json<ProblemBody>()).toMatchObject({ status, code: problem });
    expect(await left()).toMatchObject({ day: 100 });
  });

  it('is used by one customer as often as it says', async () => {
    const { slug } = await event();
    const contact = freshBuyer();
    expect((await order(slug, ['ONEEACH'], contact)).status).toBe(201);
    const again = await order(slug, ['ONEEACH'], contact);
    expect(await again.json()).toMatchObject({ code: 'promo_limit_exceeded' });
    expect((await order(slug, ['ONEEACH'])).status).toBe(201);
  });
});
