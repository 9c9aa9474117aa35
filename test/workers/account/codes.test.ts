import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { askingBrakes, triesPerChallenge, wrongCodes } from '#shared/access/brakes.ts';
import { challenges } from '#d1/schema/index.ts';
import { dayMs, minuteMs } from '#shared/time.ts';
import { pathTo } from '#workers/routes.ts';
import { auditOf, Browser, codeSentTo, db, newAddress, otherThan, passTime, sentTo } from './browser.ts';

describe('a code', () => {
  it('signs in the browser that asked for it, and leaves a trace', async () => {
    const browser = new Browser();
    const address = newAddress();
    const answer = await browser.signIn(address);
    expect([answer.status, await browser.isSignedIn()]).toEqual([303, true]);
    expect(await auditOf((await browser.session()).id)).toEqual(['sign_in.done']);
  });

  it('may be typed with the spaces of a paste', async () => {
    const browser = new Browser();
    const address = newAddress();
    const id = await browser.askFor(address);
    const { code } = codeSentTo(address);
    expect((await browser.type(id, ` ${code.slice(0, 3)} ${code.slice(3)} `)).status).toBe(303);
  });

  it('works once', async () => {
    const browser = new Browser();
    const address = newAddress();
    const id = await browser.askFor(address);
    const { code } = codeSentTo(address);
    await browser.type(id, code);
    expect((await browser.type(id, code)).status).toBe(410);
    // Nor twice at once.
    const [again, twice] = [await browser.askFor(address), codeSentTo(address).code];
    const answers = await Promise.all([
      browser.type(again, twice),
      browser.type(again, twice),
      browser.type(again, twice),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 410, 410]);
  });

  it('works for ten minutes', async () => {
    const browser = new Browser();
    const address = newAddress();
    const id = await browser.askFor(address);
    passTime(10 * minuteMs);
    expect((await browser.type(id, codeSentTo(address).code)).status).toBe(410);
    expect(await browser.isSignedIn()).toBe(false);
  });

  it('counts in no other browser, and a stranger uses up none of its tries', async () => {
    const owner = new Browser();
    const stranger = new Browser();
    const address = newAddress();
    const id = await owner.askFor(address);
    const { code } = codeSentTo(address);
    await stranger.open(pathTo('signIn'));
    for (let tries = 0; tries < 10; tries += 1) {
      expect((await stranger.type(id, otherThan(code))).status).toBe(410);
    }
    expect((await stranger.type(id, code)).status).toBe(410);
    expect(await stranger.isSignedIn()).toBe(false);
    expect((await owner.type(id, code)).status).toBe(303);
  });

  it('is given five tries, also when a hundred guesses come at once', async () => {
    const browser = new Browser();
    const address = newAddress();
    const id = await browser.askFor(address);
    const { code } = codeSentTo(address);
    const first = await browser.type(id, otherThan(code));
    expect(first.status).toBe(422);
    expect(await first.text()).toContain('4 tries are left');
    const guesses = Array.from({ length: 30 }, (_, index) =>
      browser.type(id, String(index).padStart(6, '0') === code ? otherThan(code) : String(index).padStart(6, '0')),
    );
    await Promise.all(guesses);
    const [row] = await db.select().from(challenges).where(eq(challenges.id, id));
    expect(row?.wrongTries).toBe(triesPerChallenge);
    expect((await browser.type(id, code)).status).toBeGreaterThanOrEqual(410);
    expect(await auditOf(id)).toEqual(expect.arrayContaining(Array(triesPerChallenge).fill('sign_in.code_wrong')));
  });

  it('cannot be read from the database', async () => {
    const browser = new Browser();
    const address = newAddress();
    const id = await browser.askFor(address);
    const { code, token = '' } = codeSentTo(address);
    const [row] = await db.select().from(challenges).where(eq(challenges.id, id));
    const kept = JSON.stringify(row);
    expect(kept).not.toContain(code);
    expect(kept).not.toContain(token);
    const plain = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${id}/${code}`));
    expect(kept).not.toContain(btoa(String.fromCharCode(...new Uint8Array(plain))).slice(0, 20));
  });
});

describe('a link', () => {
  it('opens in any browser, by a press, once', async () => {
    const address = newAddress();
    await new Browser().askFor(address);
    const token = codeSentTo(address).token ?? '';
    const other = new Browser();
    const page = await other.open(`${pathTo('signInLink')}?t=${token}`);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await other.isSignedIn()).toBe(false);
    expect((await other.send(pathTo('signInLink'), { token })).status).toBe(303);
    expect(await other.isSignedIn()).toBe(true);
    expect((await new Browser().send(pathTo('signInLink'), { token })).status).toBe(410);
  });

  it('spends the code that was sent with it', async () => {
    const browser = new Browser();
    const address = newAddress();
    const id = await browser.askFor(address);
    const { code, token = '' } = codeSentTo(address);
    await new Browser().send(pathTo('signInLink'), { token });
    expect((await browser.type(id, code)).status).toBe(410);
  });

  it('is none to prove oneself again: it would open in a browser that nobody vouched for', async () => {
    const browser = new Browser();
    const address = newAddress();
    await browser.signIn(address);
    await browser.send(pathTo('prove'), {});
    expect(codeSentTo(address)).toMatchObject({ purpose: 'prove_again', token: undefined });
  });
});

describe('who asks too often', () => {
  const [perAddress] = askingBrakes.unknown;

  it('is told to wait, while the link that was sent goes on', async () => {
    const address = newAddress();
    for (let asked = 0; asked < perAddress.limit; asked += 1) await new Browser().askFor(address);
    const { token = '' } = codeSentTo(address);
    const refused = await new Browser().send(pathTo('signIn'), { email: address });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(sentTo(address)).toBe(perAddress.limit);
    expect((await new Browser().send(pathTo('signInLink'), { token })).status).toBe(303);
    passTime(perAddress.windowMs);
    expect((await new Browser().send(pathTo('signIn'), { email: address })).status).toBe(303);
  });

  it('locks nobody out: a browser the person used before has a budget of its own', async () => {
    const address = newAddress();
    const home = new Browser();
    await home.signIn(address);
    await home.send(pathTo('signOut'), {});
    passTime(dayMs);
    for (let asked = 0; asked <= perAddress.limit; asked += 1) {
      await new Browser().send(pathTo('signIn'), { email: address });
    }
    expect((await new Browser().send(pathTo('signIn'), { email: address })).status).toBe(429);
    expect((await home.signIn(address)).status).toBe(303);
    expect(await home.isSignedIn()).toBe(true);
  });

  it('from one browser, at many addresses, is stopped too', async () => {
    const browser = new Browser();
    const limit = askingBrakes.unknown.find(({ by }) => by === 'browser')?.limit ?? 0;
    for (let asked = 0; asked < limit; asked += 1) await browser.askFor(newAddress());
    expect((await browser.send(pathTo('signIn'), { email: newAddress() })).status).toBe(429);
  });
});

describe('who guesses over many codes', () => {
  it('is stopped for the day, while the owner goes on by link and in a browser of theirs', async () => {
    const address = newAddress();
    const home = new Browser();
    await home.signIn(address);
    let challengeId = '';
    const thief = new Browser();
    for (let wrong = 0; wrong < wrongCodes.limit; wrong += 1) {
      if (wrong % 4 === 0) {
        passTime(askingBrakes.unknown[0].windowMs);
        challengeId = await thief.askFor(address);
      }
      expect((await thief.type(challengeId, otherThan(codeSentTo(address).code))).status).toBe(422);
    }
    passTime(askingBrakes.unknown[0].windowMs);
    challengeId = await thief.askFor(address);
    // Even the right one.
    const { code, token = '' } = codeSentTo(address);
    const stopped = await thief.type(challengeId, code);
    expect([stopped.status, Number(stopped.headers.get('retry-after')) > 60]).toEqual([429, true]);
    await thief.type(challengeId, code);
    expect(await auditOf(challengeId)).toEqual(['sign_in.codes_stopped']);
    expect((await new Browser().send(pathTo('signInLink'), { token })).status).toBe(303);
    expect((await home.signIn(address)).status).toBe(303);
    passTime(wrongCodes.windowMs);
    expect((await new Browser().signIn(address)).status).toBe(303);
  });
});

describe('whether an address is known', () => {
  it('shows nowhere: not in answers, nor in what is sent, nor in refusals', async () => {
    const known = newAddress();
    await new Browser().signIn(known);
    passTime(askingBrakes.unknown[1].windowMs);
    const unknown = newAddress();
    const seen = await Promise.all(
      [known, unknown].map(async (address) => {
        const browser = new Browser();
        const asked = await browser.send(pathTo('signIn'), { email: address });
        const page = await browser.open(asked.headers.get('location') ?? '');
        const wrong = await browser.type(
          new URL(asked.headers.get('location') ?? '', 'http://x').searchParams.get('c') ?? '',
          otherThan(codeSentTo(address).code),
        );
        const strip = (text: string) => text.replaceAll(address, 'A').replaceAll(/chl_\w+/g, 'C');
        return [asked.status, page.status, strip(await page.text()), wrong.status, strip(await wrong.text())];
      }),
    );
    expect(seen[0]).toEqual(seen[1]);
  });

  it('is one address however it is written', async () => {
    const address = newAddress();
    const browser = new Browser();
    await browser.send(pathTo('signIn'), { email: `  ${address.toUpperCase()} ` });
    expect(sentTo(address)).toBe(1);
  });

  it.each(['', 'nobody', 'a@b', 'a@b.example\r\nBcc: everyone@evil.example', `${'a'.repeat(250)}@b.example`])(
    'is not asked of %j',
    async (email) => {
      expect((await new Browser().send(pathTo('signIn'), { email })).status).toBe(422);
    },
  );
});

describe('by text message', () => {
  it('a number signs in, and is a person of its own', async () => {
    const browser = new Browser();
    const asked = await browser.send(pathTo('signInPhone'), { phone: '07700 900456', country: 'GB' });
    const code = codeSentTo('+447700900456');
    expect(code).toMatchObject({ to: { channel: 'sms' }, token: undefined });
    const id = new URL(asked.headers.get('location') ?? '', 'http://x').searchParams.get('c') ?? '';
    expect((await browser.type(id, code.code)).status).toBe(303);
    expect((await browser.session()).method).toBe('sms_code');
    const again = new Browser();
    await again.send(pathTo('signInPhone'), { phone: '+44 7700 900456', country: 'NG' });
    expect(sentTo('+447700900456')).toBe(2);
  });

  it('what is no number is asked for again', async () => {
    expect((await new Browser().send(pathTo('signInPhone'), { phone: '0900', country: 'GB' })).status).toBe(422);
    expect((await new Browser().send(pathTo('signInPhone'), { phone: '07700900123', country: 'XX' })).status).toBe(422);
  });
});
