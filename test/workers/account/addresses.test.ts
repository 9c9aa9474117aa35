import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditEntries, people } from '#d1/schema/index.ts';
import { recentProofMs } from '#shared/access/sessions.ts';
import { buy } from '#test/support/customers.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { Browser, codeSentTo, db, newAddress, noticesTo, origin, otherThan, passTime, sentTo } from './browser.ts';

const form = (what: 'email' | 'phone') => pathTo('accountAddress', { what });

async function signedIn(address = newAddress()) {
  const browser = new Browser();
  await browser.signIn(address);
  const { personId } = await browser.session();
  return { browser, address, personId };
}

type Somebody = Awaited<ReturnType<typeof signedIn>>;

async function ask({ browser }: Somebody, address: string, what: 'email' | 'phone' = 'email'): Promise<string> {
  const asked = await browser.send(form(what), { address, country: 'GB' });
  return new URL(asked.headers.get('location') ?? '/', origin).searchParams.get('c') ?? '';
}

function type({ browser }: Somebody, c: string, code: string, what: 'email' | 'phone' = 'email'): Promise<Response> {
  return browser.send(pathTo('accountAddressCode', { what }), { c, code });
}

async function rowOf({ personId }: Somebody) {
  const [row] = await db.select().from(people).where(eq(people.id, personId));
  return row;
}

describe('another email address', () => {
  it('is proved by a code there, told to the old one, and kept in the log without its letters', async () => {
    const ama = await signedIn();
    const order = await buy(ama.address);
    const to = newAddress();
    const challenge = await ask(ama, to.toUpperCase());
    expect(codeSentTo(to)).toMatchObject({ purpose: 'add_address', token: undefined });
    expect((await rowOf(ama))?.email).toBe(ama.address);
    expect((await type(ama, challenge, codeSentTo(to).code)).status).toBe(303);
    expect((await rowOf(ama))?.email).toBe(to);
    expect(noticesTo(ama.personId)).toEqual(['address_changed']);
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.actorId, ama.personId));
    const entry = entries.find(({ action }) => action === 'address.changed');
    expect(JSON.parse(entry?.facts ?? '{}')).toEqual({ channel: 'email', former: expect.stringMatching(/^cus_/) });
    // What was bought under the old address is still theirs, on every device.
    const elsewhere = new Browser();
    await elsewhere.signIn(to);
    await elsewhere.showKey();
    expect(await (await elsewhere.open(pathTo('wallet'))).text()).toContain(order.orderId);
  });

  it('is not taken for a wrong code, another person’s, or one that was for signing in', async () => {
    const [ama, kofi] = [await signedIn(), await signedIn()];
    const to = newAddress();
    const challenge = await ask(ama, to);
    const { code } = codeSentTo(to);
    expect((await type(ama, challenge, otherThan(code))).status).toBe(422);
    expect((await type(kofi, challenge, code)).status).toBe(410);
    const signIn = await ama.browser.askFor(to);
    expect((await type(ama, signIn, codeSentTo(to).code)).status).toBe(410);
    expect([(await rowOf(ama))?.email, (await rowOf(kofi))?.email]).toEqual([ama.address, kofi.address]);
    // Somebody else signed in there meanwhile: the code was asked for by who was there before.
    await ama.browser.signIn(newAddress());
    expect((await type(ama, challenge, code)).status).toBe(410);
  });

  it('of another account is told apart only by whoever owns it', async () => {
    const [ama, kofi] = [await signedIn(), await signedIn()];
    const free = newAddress();
    const asked = await Promise.all(
      [kofi.address, free].map((address) => ama.browser.send(form('email'), { address })),
    );
    expect(asked.map(({ status }) => status)).toEqual([303, 303]);
    const challenge = await ask(ama, kofi.address);
    const refused = await type(ama, challenge, codeSentTo(kofi.address).code);
    expect(refused.status).toBe(409);
    expect((await rowOf(ama))?.email).toBe(ama.address);
  });

  it('goes to one of two who prove it at once', async () => {
    const both = [await signedIn(), await signedIn()];
    const to = newAddress();
    const answers: Response[] = [];
    const asked = [];
    for (const one of both) asked.push({ one, challenge: await ask(one, to), ...codeSentTo(to) });
    answers.push(...(await Promise.all(asked.map(({ one, challenge, code }) => type(one, challenge, code)))));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
  });

  it.each(['', 'nobody', 'a@b.example\r\nBcc: all@evil.example', `${'a'.repeat(250)}@b.example`])(
    'is not asked of %j, which is shown again as typed',
    async (address) => {
      const ama = await signedIn();
      const refused = await ama.browser.send(form('email'), { address });
      expect(refused.status).toBe(422);
      expect(await refused.text()).toContain(messages.account.address.emailError);
    },
  );

  it('asks for a fresh proof first', async () => {
    const ama = await signedIn();
    passTime(recentProofMs);
    const to = newAddress();
    const refused = await ama.browser.send(form('email'), { address: to });
    expect(refused.headers.get('location')).toBe(`${pathTo('prove')}?next=${encodeURIComponent(form('email'))}`);
    expect(sentTo(to)).toBe(0);
    for (const path of [pathTo('accountErase'), form('phone')]) {
      expect((await ama.browser.open(path)).headers.get('location')).toContain(pathTo('prove'));
    }
    const copy = await ama.browser.send(pathTo('accountExport'), {});
    expect(copy.headers.get('location')).toContain(pathTo('prove'));
  });
});

describe('a phone number', () => {
  it('is proved by a text, signs in from then on, and can be taken back', async () => {
    const ama = await signedIn();
    const challenge = await ask(ama, '07700 900777', 'phone');
    expect(codeSentTo('+447700900777')).toMatchObject({ to: { channel: 'sms' } });
    expect((await type(ama, challenge, codeSentTo('+447700900777').code, 'phone')).status).toBe(303);
    expect(await rowOf(ama)).toMatchObject({ phone: '+447700900777', email: ama.address });
    expect((await ama.browser.send(form('phone'), { remove: '1' })).status).toBe(303);
    expect((await rowOf(ama))?.phone).toBeNull();
    expect(noticesTo(ama.personId)).toEqual(['address_changed', 'address_changed']);
  });

  it('that is the only way in stays', async () => {
    const browser = new Browser();
    const asked = await browser.send(pathTo('signInPhone'), { phone: '07700 900778', country: 'GB' });
    const id = new URL(asked.headers.get('location') ?? '/', origin).searchParams.get('c') ?? '';
    await browser.type(id, codeSentTo('+447700900778').code);
    await browser.send(form('phone'), { remove: '1' });
    const { personId } = await browser.session();
    const [row] = await db.select().from(people).where(eq(people.id, personId));
    expect(row?.phone).toBe('+447700900778');
  });

  it('of no other kind of address is there a page', async () => {
    const { browser } = await signedIn();
    for (const what of ['fax', 'constructor', '__proto__']) {
      expect((await browser.open(pathTo('accountAddress', { what }))).status).toBe(404);
    }
  });
});

describe('the next owner of an address', () => {
  it('finds nothing of what was bought before, neither to open nor to copy or erase', async () => {
    const ama = await signedIn();
    const order = await buy(ama.address, 1, 'First Owner');
    const to = newAddress();
    await type(ama, await ask(ama, to), codeSentTo(to).code);
    const next = await signedIn(ama.address);
    const page = pathTo('order', { orderId: order.orderId });
    expect((await next.browser.open(page)).status).toBe(404);
    for (const path of [pathTo('wallet'), pathTo('account')]) {
      expect(await (await next.browser.open(path)).text()).not.toContain(order.orderId);
    }
    const copy = await (await next.browser.send(pathTo('accountExport'), {})).text();
    expect([copy.includes(order.orderId), copy.includes('First Owner')]).toEqual([false, false]);
    expect((await next.browser.send(pathTo('accountErase'), { word: 'ERASE' })).status).toBe(200);
    await ama.browser.showKey();
    expect(await (await ama.browser.send(pathTo('accountExport'), {})).text()).toContain('First Owner');
    expect((await ama.browser.open(page)).status).toBe(200);
  });

  it('is oneself again after changing back', async () => {
    const ama = await signedIn();
    const order = await buy(ama.address);
    const to = newAddress();
    await type(ama, await ask(ama, to), codeSentTo(to).code);
    await type(ama, await ask(ama, ama.address), codeSentTo(ama.address).code);
    await ama.browser.showKey();
    expect(await (await ama.browser.open(pathTo('wallet'))).text()).toContain(order.orderId);
  });
});

describe('erasing after the address was changed', () => {
  it('erases the names of what was bought under the earlier one too', async () => {
    const ama = await signedIn();
    const order = await buy(ama.address, 1, 'Old Name');
    const to = newAddress();
    await type(ama, await ask(ama, to), codeSentTo(to).code);
    await ama.browser.showKey();
    const copy = await (await ama.browser.send(pathTo('accountExport'), {})).text();
    expect(copy).toContain('Old Name');
    const next = await signedIn(ama.address);
    const theirs = await buy(next.address, 1, 'Next Owner');
    const gone = await ama.browser.send(pathTo('accountErase'), { word: 'ERASE', gives_up: 'on' });
    expect(gone.status).toBe(200);
    await next.browser.showKey();
    const held = await (await next.browser.send(pathTo('accountExport'), {})).text();
    expect([held.includes('Old Name'), held.includes('Next Owner')]).toEqual([false, true]);
    const wallet = await (await next.browser.open(pathTo('wallet'))).text();
    expect([wallet.includes(order.orderId), wallet.includes(theirs.orderId)]).toEqual([false, true]);
  });
});
