import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { sessions } from '#d1/schema/index.ts';
import { sweep } from '#workers/background/sweep.ts';
import { dayMs, hourMs, minuteMs } from '#shared/time.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import { pathTo } from '#workers/routes.ts';
import { auditOf, Browser, db, newAddress, passTime, personAt } from './browser.ts';
import { lockedStaff } from './staff.ts';

const cookie = '__Host-session';

async function customer() {
  const browser = new Browser();
  const address = newAddress();
  await browser.signIn(address);
  return { browser, address };
}

describe('a session', () => {
  it('begins under a new token, whatever cookie was planted', async () => {
    const planted = new Browser(new Map([[cookie, 'planted-by-somebody-else']]));
    const address = newAddress();
    await planted.signIn(address);
    expect(planted.cookies.get(cookie)).not.toBe('planted-by-somebody-else');
    const first = planted.cookies.get(cookie);
    await planted.signIn(address);
    expect(planted.cookies.get(cookie)).not.toBe(first);
    // The one before in this browser ended; that is what signing in again means.
    expect(await new Browser(new Map([[cookie, first ?? '']])).isSignedIn()).toBe(false);
  });

  it('is kept as a digest only', async () => {
    const { browser } = await customer();
    const token = browser.cookies.get(cookie) ?? '';
    const { id } = await browser.session();
    const [row] = await db.select().from(sessions).where(eq(sessions.id, id));
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row?.tokenHash).toBe(await tokenHash(token));
  });

  it('elsewhere goes on when another begins', async () => {
    const { browser, address } = await customer();
    await new Browser().signIn(address);
    expect(await browser.isSignedIn()).toBe(true);
  });

  it('is given a new token after a day, while requests under way keep theirs for a minute', async () => {
    const { browser } = await customer();
    const before = browser.cookies.get(cookie) ?? '';
    passTime(25 * hourMs);
    // Two requests at once: one of them is answered with the new token.
    const other = new Browser(browser.cookies);
    await Promise.all([browser.open(pathTo('wallet')), other.open(pathTo('wallet'))]);
    const tokens = new Set([browser.cookies.get(cookie), other.cookies.get(cookie)]);
    expect([...tokens].filter((token) => token !== before)).toHaveLength(1);
    expect([await browser.isSignedIn(), await other.isSignedIn()]).toEqual([true, true]);
  });

  it('ends for both when the token before is used later: somebody kept a copy', async () => {
    const { browser } = await customer();
    const copy = browser.stolen(cookie);
    passTime(25 * hourMs);
    await browser.open(pathTo('wallet'));
    const { id } = await browser.session();
    passTime(2 * minuteMs);
    expect(await copy.isSignedIn()).toBe(false);
    expect(await browser.isSignedIn()).toBe(false);
    expect(await auditOf(id)).toContain('session.theft_suspected');
  });

  it('of a customer ends after a month unseen, and goes on while it is seen', async () => {
    const { browser } = await customer();
    for (let weeks = 0; weeks < 8; weeks += 1) {
      passTime(7 * dayMs);
      await browser.open(pathTo('wallet'));
    }
    expect(await browser.isSignedIn()).toBe(true);
    passTime(31 * dayMs);
    expect(await browser.isSignedIn()).toBe(false);
  });

  it('of staff ends after twelve hours, however busy', async () => {
    const { browser } = await lockedStaff();
    for (let hours = 0; hours < 11; hours += 1) {
      passTime(hourMs);
      await browser.showKey();
    }
    expect(await browser.isSignedIn()).toBe(true);
    passTime(hourMs);
    expect(await browser.isSignedIn()).toBe(false);
  });

  it('is written down as seen every few minutes at most', async () => {
    const { browser } = await customer();
    const seen = async () => (await browser.session()).lastSeenAtMs;
    const begun = await seen();
    passTime(4 * minuteMs);
    await browser.open(pathTo('wallet'));
    expect(await seen()).toBe(begun);
    passTime(2 * minuteMs);
    await browser.open(pathTo('wallet'));
    expect(await seen()).toBeGreaterThan(begun);
  });
});

describe('the list of sessions', () => {
  it('shows each, and which is this one', async () => {
    const { browser, address } = await customer();
    await new Browser().signIn(address);
    const page = await (await browser.open(pathTo('security'))).text();
    expect(page.match(/Firefox on Linux/g)?.length).toBeGreaterThanOrEqual(4);
    expect(page).toContain('This one');
  });

  it('ends one, at once', async () => {
    const { browser, address } = await customer();
    const other = new Browser();
    await other.signIn(address);
    const { id } = await other.session();
    await browser.send(pathTo('sessionEnd'), { session: id });
    expect([await browser.isSignedIn(), await other.isSignedIn()]).toEqual([true, false]);
    expect(await auditOf(id)).toContain('session.revoked');
  });

  it('ends all others, and not this one', async () => {
    const { browser, address } = await customer();
    const others = [new Browser(), new Browser()];
    for (const other of others) await other.signIn(address);
    await browser.send(pathTo('sessionEnd'), { others: '1' });
    expect(await browser.isSignedIn()).toBe(true);
    expect(await Promise.all(others.map((other) => other.isSignedIn()))).toEqual([false, false]);
  });

  it('ends nobody else’s', async () => {
    const victim = await customer();
    const { id } = await victim.browser.session();
    const { browser } = await customer();
    expect((await browser.send(pathTo('sessionEnd'), { session: id })).status).toBe(303);
    await browser.send(pathTo('deviceConfirm'), {
      device: (await victim.browser.session()).deviceId ?? '',
      what: 'remove',
    });
    expect(await victim.browser.isSignedIn()).toBe(true);
    expect(await auditOf(id)).toEqual(['sign_in.done']);
  });

  it('is nobody’s without a session', async () => {
    expect((await new Browser().open(pathTo('security'))).status).toBe(401);
  });
});

describe('where a sign-in leads', () => {
  it.each([
    ['/gate/open-days?gate=a', '/gate/open-days?gate=a'],
    ['https://evil.example/', '/wallet'],
    ['//evil.example', '/wallet'],
    ['/\\evil.example', '/wallet'],
    ['', '/wallet'],
  ])('asked for %j, it is %s', async (next, leadsTo) => {
    const { browser } = await customer();
    expect(
      (await browser.open(`${pathTo('signIn')}?${new URLSearchParams({ next }).toString()}`)).headers.get('location'),
    ).toBe(leadsTo);
    const proved = await browser.open(`${pathTo('prove')}?${new URLSearchParams({ next }).toString()}`);
    expect(await proved.text()).not.toContain('evil.example');
  });

  it('is back to the page that asked for it', async () => {
    const page = await (await new Browser().open('/gate')).text();
    expect(page).toContain(`${pathTo('signIn')}?next=%2Fgate`);
  });
});

it('what is over is deleted, and nothing else', async () => {
  const { browser, address } = await customer();
  const personId = await personAt(address);
  const gone = new Browser();
  await gone.signIn(address);
  await gone.send(pathTo('signOut'), {});
  passTime(8 * dayMs);
  await sweep({ db, clock: Date.now, queueMessage: async () => undefined, queueChange: async () => undefined });
  const left = await db.select().from(sessions).where(eq(sessions.personId, personId));
  expect(left.map(({ id }) => id)).toEqual([(await browser.session()).id]);
});
