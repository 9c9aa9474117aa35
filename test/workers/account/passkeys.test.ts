import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { passkeys } from '#d1/schema/index.ts';
import { minuteMs } from '#shared/time.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { pathTo } from '#workers/routes.ts';
import { Passkey } from './authenticator.ts';
import { auditOf, Browser, codeOf, db, newAddress, noticesTo, passTime, personAt } from './browser.ts';

const adding = pathTo('passkeyOptions');
const entering = pathTo('signInPasskey');
const proving = pathTo('provePasskey');

type Options = { challenge: string; userVerification?: string; authenticatorSelection?: object; rp?: object };

const optionsFor = async (browser: Browser, path: string) => (await browser.read(path)).json<Options>();

async function owner() {
  const address = newAddress();
  const browser = new Browser();
  await browser.signIn(address);
  const passkey = await Passkey.make();
  const response = await passkey.register(await optionsFor(browser, adding));
  const added = await browser.post(adding, { response });
  if (added.status !== 200) throw new Error(`The passkey was refused: ${await added.text()}`);
  return { address, browser, passkey, personId: await personAt(address) };
}

/** Answers a question in a browser that nobody is signed in to. */
async function enterWith(passkey: Passkey, lies: Parameters<Passkey['use']>[1] = {}, browser = new Browser()) {
  const response = await passkey.use(await optionsFor(browser, entering), lies);
  return { browser, answer: await browser.post(entering, { response, next: '/account/security' }) };
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

describe('a passkey', () => {
  it('is asked for with user verification, as one that can be found without a name', async () => {
    const browser = new Browser();
    await browser.signIn(newAddress());
    const options = await optionsFor(browser, adding);
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
    expect(options.rp).toMatchObject({ id: 'localhost' });
    expect((await optionsFor(new Browser(), entering)).userVerification).toBe('required');
  });

  it('signs in, is written down, and its owner hears of it', async () => {
    const { passkey, personId } = await owner();
    const { browser, answer } = await enterWith(passkey);
    expect(await answer.json()).toEqual({ next: '/account/security' });
    const session = await browser.session();
    expect([session.personId, session.method]).toEqual([personId, 'passkey']);
    expect(await auditOf(toBase64Url(passkey.id))).toEqual(['passkey.added']);
    expect(noticesTo(personId)).toContain('passkey_added');
  });

  it('proves its owner again', async () => {
    const { browser, passkey } = await owner();
    passTime(11 * minuteMs);
    expect(await codeOf(await browser.read(adding))).toBe('proof_needed');
    const response = await passkey.use(await optionsFor(browser, proving));
    expect((await browser.post(proving, { response })).status).toBe(200);
    expect((await browser.read(adding)).status).toBe(200);
  });

  it('of somebody else proves nothing', async () => {
    const { browser } = await owner();
    const stranger = await owner();
    const response = await stranger.passkey.use(await optionsFor(browser, proving));
    expect(await codeOf(await browser.post(proving, { response }))).toBe('passkey_refused');
  });

  it('removed opens nothing any more, and only its owner removes it', async () => {
    const { browser, passkey } = await owner();
    const id = toBase64Url(passkey.id);
    const stranger = await owner();
    await stranger.browser.send(pathTo('passkeys'), { passkey: id });
    expect((await enterWith(passkey)).answer.status).toBe(200);
    await browser.send(pathTo('passkeys'), { passkey: id });
    expect(await codeOf((await enterWith(passkey)).answer)).toBe('passkey_refused');
    expect(await auditOf(id)).toContain('passkey.removed');
  });

  it('is never braked: whatever was guessed at the address, it opens', async () => {
    const { address, passkey } = await owner();
    for (let asked = 0; asked < 30; asked += 1) await new Browser().send(pathTo('signIn'), { email: address });
    expect((await enterWith(passkey)).answer.status).toBe(200);
  });
});

describe('an answer is refused', () => {
  it.each([
    ['given on another site', { origin: 'https://evil.example' }],
    ['made for another site', { rpId: 'evil.example' }],
    ['to a question that was not asked', { challenge: 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo' }],
    ['without looking at who is there', { unverified: true }],
  ])('when %s', async (_what, lies) => {
    const { passkey } = await owner();
    const { browser, answer } = await enterWith(passkey, lies);
    expect(await codeOf(answer)).toBe('passkey_refused');
    expect(await browser.isSignedIn()).toBe(false);
  });

  it.each([
    ['given on another site', { origin: 'https://evil.example' }],
    ['made for another site', { rpId: 'evil.example' }],
    ['without looking at who is there', { unverified: true }],
  ])('when a passkey is added that was %s', async (_what, lies) => {
    const browser = new Browser();
    await browser.signIn(newAddress());
    const passkey = await Passkey.make();
    const response = await passkey.register(await optionsFor(browser, adding), lies);
    expect(await codeOf(await browser.post(adding, { response }))).toBe('passkey_refused');
    expect(
      await db
        .select()
        .from(passkeys)
        .where(eq(passkeys.id, toBase64Url(passkey.id))),
    ).toEqual([]);
  });

  it('when given twice', async () => {
    const { passkey } = await owner();
    const browser = new Browser();
    const response = await passkey.use(await optionsFor(browser, entering));
    const copy = new Browser(browser.cookies);
    expect((await browser.post(entering, { response })).status).toBe(200);
    expect(await codeOf(await copy.post(entering, { response }))).toBe('passkey_question_over');
  });

  it('when the question was asked in another browser, or of another kind, or too long ago', async () => {
    const { browser, passkey } = await owner();
    const stolen = await passkey.use(await optionsFor(new Browser(), entering));
    expect(await codeOf(await new Browser().post(entering, { response: stolen }))).toBe('passkey_question_over');
    const thief = new Browser();
    await optionsFor(thief, entering);
    expect(await codeOf(await thief.post(entering, { response: stolen }))).toBe('passkey_refused');
    const response = await passkey.use(await optionsFor(browser, proving));
    expect(await codeOf(await browser.post(entering, { response }))).toBe('passkey_question_over');
    const late = new Browser();
    const slow = await passkey.use(await optionsFor(late, entering));
    passTime(10 * minuteMs);
    expect(await codeOf(await late.post(entering, { response: slow }))).toBe('passkey_question_over');
  });

  it('when its counter goes backwards, also by two at once: there is a copy', async () => {
    const { passkey, personId } = await owner();
    expect((await enterWith(passkey, { counter: 7 })).answer.status).toBe(200);
    expect(await codeOf((await enterWith(passkey, { counter: 6 })).answer)).toBe('passkey_copied');
    expect(await codeOf((await enterWith(passkey, { counter: 7 })).answer)).toBe('passkey_copied');
    expect(await codeOf((await enterWith(passkey, { counter: 0 })).answer)).toBe('passkey_copied');
    const both = await Promise.all([enterWith(passkey, { counter: 8 }), enterWith(passkey, { counter: 8 })]);
    expect(both.map(({ answer }) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 401]);
    expect(await auditOf(toBase64Url(passkey.id))).toContain('passkey.copy_suspected');
    expect(personId).not.toBe('');
  });

  it('when it is nobody’s passkey, or no answer at all', async () => {
    expect(await codeOf((await enterWith(await Passkey.make())).answer)).toBe('passkey_refused');
    expect((await new Browser().post(entering, { response: { id: 'x' } })).status).toBe(400);
  });

  it('when the passkey is registered to somebody already', async () => {
    const { passkey, personId } = await owner();
    const browser = new Browser();
    await browser.signIn(newAddress());
    const response = await passkey.register(await optionsFor(browser, adding));
    expect(await codeOf(await browser.post(adding, { response }))).toBe('passkey_refused');
    const [row] = await db
      .select()
      .from(passkeys)
      .where(eq(passkeys.id, toBase64Url(passkey.id)));
    expect(row?.personId).toBe(personId);
  });
});
