import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { claimedOrders } from '#d1/schema/index.ts';
import { askingBrakes } from '#shared/access/brakes.ts';
import { minuteMs } from '#shared/time.ts';
import { buy, type Bought } from '#test/support/customers.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { Browser, codeSentTo, db, newAddress, origin, otherThan, passTime, sentTo } from './browser.ts';

const words = messages.account.keep;

/** The browser that bought it. */
function holding(...orders: Bought[]): Browser {
  const pairs = orders.map(({ cookie }) => {
    const pair = cookie.split('; ').find((one) => one.startsWith('__Host-order-')) ?? '';
    return [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const;
  });
  return new Browser(new Map(pairs));
}

const pageOf = ({ orderId }: Bought) => pathTo('order', { orderId });

async function askToKeep(browser: Browser, { orderId }: Bought): Promise<string> {
  const asked = await browser.send(pathTo('orderKeep', { orderId }), {});
  const to = new URL(asked.headers.get('location') ?? '/', origin);
  return to.searchParams.get('keep') ?? '';
}

function type(browser: Browser, { orderId }: Bought, challenge: string, code: string): Promise<Response> {
  return browser.send(pathTo('orderKeepCode', { orderId }), { challenge, code });
}

// PRD 7.1: a guest is invited where the tickets stand, and keeps everything by one code.
describe('keeping an order', () => {
  it('takes one code, mailed to the order’s own address and typed beside it', async () => {
    const email = newAddress();
    const order = await buy(email, 2);
    const browser = holding(order);
    expect(await (await browser.open(pageOf(order))).text()).toContain(words.send);
    const challenge = await askToKeep(browser, order);
    expect(codeSentTo(email)).toMatchObject({ purpose: 'sign_in', to: { address: email } });
    const asking = await (await browser.open(`${pageOf(order)}?keep=${challenge}`)).text();
    expect(asking).toContain(words.confirm);

    const { code } = codeSentTo(email);
    const done = await type(browser, order, challenge, `${code.slice(0, 3)} ${code.slice(3)}`);
    expect(done.status).toBe(303);
    expect(await browser.isSignedIn()).toBe(true);
    await browser.showKey();
    expect(await (await browser.open(pathTo('wallet'))).text()).toContain(order.orderId);
    // Another machine of theirs has it by the address alone.
    const elsewhere = new Browser();
    await elsewhere.signIn(email);
    await elsewhere.showKey();
    expect(await (await elsewhere.open(pathTo('wallet'))).text()).toContain(order.orderId);
  });

  it('brings along what else this browser opened, but for what others keep', async () => {
    const email = newAddress();
    const [mine, given, taken] = [await buy(email), await buy(newAddress()), await buy(newAddress())];
    await db.insert(claimedOrders).values({ orderId: taken.orderId, personId: await somebody(), claimedAtMs: 1 });

    const browser = holding(mine, given, taken);
    expect(await (await browser.open(pageOf(mine))).text()).toContain(words.others(2));
    await type(browser, mine, await askToKeep(browser, mine), codeSentTo(email).code);
    const claims = await db
      .select()
      .from(claimedOrders)
      .where(eq(claimedOrders.personId, (await browser.session()).personId));
    expect(claims.map(({ orderId }) => orderId)).toEqual([given.orderId]);
    const elsewhere = new Browser();
    await elsewhere.signIn(email);
    await elsewhere.showKey();
    const wallet = await (await elsewhere.open(pathTo('wallet'))).text();
    expect([mine, given, taken].map(({ orderId }) => wallet.includes(orderId))).toEqual([true, true, false]);
    expect((await elsewhere.open(pageOf(given))).status).toBe(200);
    expect((await elsewhere.open(pageOf(taken))).status).toBe(404);
  });

  it('with a wrong code leads back to the field, five times', async () => {
    const email = newAddress();
    const order = await buy(email);
    const browser = holding(order);
    const challenge = await askToKeep(browser, order);
    const { code } = codeSentTo(email);
    const wrong = await type(browser, order, challenge, otherThan(code));
    expect(wrong.headers.get('location')).toBe(`${pageOf(order)}?keep=${challenge}&wrong=1#keep`);
    expect(await (await browser.open(`${pageOf(order)}?keep=${challenge}&wrong=1`)).text()).toContain(words.codeError);
    for (let tries = 1; tries < 5; tries += 1) await type(browser, order, challenge, otherThan(code));
    expect((await type(browser, order, challenge, code)).status).toBe(410);
    expect(await browser.isSignedIn()).toBe(false);
  });

  it('twice with one code, or with an old one, is refused', async () => {
    const email = newAddress();
    const order = await buy(email);
    const browser = holding(order);
    const challenge = await askToKeep(browser, order);
    passTime(10 * minuteMs);
    expect((await type(browser, order, challenge, codeSentTo(email).code)).status).toBe(410);
    const fresh = await askToKeep(browser, order);
    const { code } = codeSentTo(email);
    const pressed = await Promise.all([type(browser, order, fresh, code), type(browser, order, fresh, code)]);
    expect(pressed.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 410]);
  });

  it('is nothing for a browser that does not hold the order, nor with another browser’s code', async () => {
    const email = newAddress();
    const order = await buy(email);
    const thief = new Browser();
    expect((await thief.send(pathTo('orderKeep', { orderId: order.orderId }), {})).status).toBe(404);
    expect(sentTo(email)).toBe(0);
    const owner = holding(order);
    const challenge = await askToKeep(owner, order);
    const friend = holding(order);
    expect((await type(friend, order, challenge, codeSentTo(email).code)).status).toBe(410);
    expect(await friend.isSignedIn()).toBe(false);
  });

  it('cannot be used to flood its buyer', async () => {
    const email = newAddress();
    const order = await buy(email);
    const { limit } = askingBrakes.unknown[0];
    for (let asked = 0; asked < limit; asked += 1) await askToKeep(holding(order), order);
    const refused = await holding(order).send(pathTo('orderKeep', { orderId: order.orderId }), {});
    expect(refused.status).toBe(429);
    expect(sentTo(email)).toBe(limit);
  });

  it('is drawn for no made-up code name', async () => {
    const order = await buy(newAddress());
    const browser = holding(order);
    const page = await (await browser.open(`${pageOf(order)}?keep=%22%3E%3Cscript%3E&wrong=1`)).text();
    expect(page).toContain(words.send);
    expect(page).not.toContain('"><script>');
  });
});

async function somebody(): Promise<string> {
  const browser = new Browser();
  await browser.signIn(newAddress());
  return (await browser.session()).personId;
}
