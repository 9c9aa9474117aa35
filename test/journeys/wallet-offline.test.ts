import { describe, expect, it } from 'vitest';
import { stepAt } from '#shared/tickets/steps.ts';
import { minuteMs } from '#shared/time.ts';
import { readPrintedCode } from '#shared/tickets/code.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { openGate, scan, steward } from '#test/support/journey-gate.ts';
import { activateHere, openLiveTicket, pressable, readLive } from '#test/support/journey-live.ts';
import { later } from '#test/support/journey-objects.ts';
import { keptForOffline, remainsOf } from '#test/support/journey-phone-store.ts';
import { readQr } from '#test/support/journey-qr.ts';
import { bookByApi, openDays, signInQuickly } from '#test/support/journey-steps.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.liveCode;
const visitors = useVisitors();

async function atTheGate() {
  const page = await visitors.arrive();
  await signInQuickly(page, steward.id);
  await openGate(page);
  return page;
}

// PRD 8.1: the wallet opens in a cellar.
describe('with the network cut', () => {
  it('a phone shows a fresh, valid live code a minute later', async () => {
    const phone = await visitors.arrive();
    await phone.clock.install();
    const { ticketId } = await openLiveTicket(phone);
    await activateHere(phone);
    await keptForOffline(phone, ticketId);
    await phone.context().setOffline(true);
    const before = await readLive(phone);
    await phone.clock.runFor(minuteMs);
    const after = await readLive(phone);
    expect(after.text).not.toBe(before.text);
    expect(after.code.step - before.code.step).toBeGreaterThanOrEqual(6);
    const lane = await atTheGate();
    expect((await scan(lane, before.text)).outcome).toBe('grant');
  });

  it('the page itself opens again, and its code opens the gate a minute later', async () => {
    const phone = await visitors.arrive();
    await phone.clock.install();
    const { orderId, ticketId, path } = await openLiveTicket(phone);
    await activateHere(phone);
    await keptForOffline(phone, ticketId);
    await phone.context().setOffline(true);
    await phone.goto(path);
    await phone.getByText(/Offline, as of \d\d:\d\d/).waitFor();
    await phone.clock.runFor(minuteMs);
    const { text, code } = await readLive(phone);
    const lane = await atTheGate();
    expect(code.step).toBeGreaterThanOrEqual(stepAt(Date.now()) + 5);
    await later(orderId, minuteMs, async () => {
      expect((await scan(lane, text)).outcome).toBe('grant');
    });
  });

  it('the wallet lists what the phone keeps, and shows a printed code as it was', async () => {
    const phone = await visitors.arrive();
    const { orderId, tickets } = await bookByApi(phone, { quantity: 2 });
    const [first, second] = tickets.map(({ ticketId }) => ticketId);
    await phone.goto(pathTo('ticket', { orderId, ticketId: first ?? '' }));
    const shown = await readQr(phone.getByRole('img', { name: messages.ticket.qrLabel }));
    await phone.goto(pathTo('wallet'));
    await keptForOffline(phone, second ?? '');
    await phone.context().setOffline(true);
    await phone.goto(pathTo('wallet'));
    await phone.getByText(/Offline, as of/).waitFor();
    // Phones say that they are online before they are: the page asks, is not answered, and stays as it is.
    await phone.evaluate('globalThis.isSameDocument = true');
    const unanswered = phone.waitForEvent('requestfailed', (request) => request.method() === 'HEAD');
    await phone.evaluate(`dispatchEvent(new Event('online'))`);
    await unanswered;
    expect(await phone.evaluate('globalThis.isSameDocument === true')).toBe(true);
    const links = phone.getByRole('link', { name: openDays.entry });
    expect(await links.count()).toBe(2);
    const codes: string[] = [];
    for (const ticketId of [first, second]) {
      await phone.goto(pathTo('ticket', { orderId, ticketId: ticketId ?? '' }));
      codes.push(await readQr(phone.getByRole('img', { name: messages.ticket.qrLabel })));
    }
    expect(codes).toContain(shown);
    expect(codes.map((code) => readPrintedCode(code)?.header.eventNumber)).toEqual([openDays.number, openDays.number]);
    // A family goes through one after another.
    const next = phone
      .getByRole('link', { name: messages.ticket.previous })
      .or(phone.getByRole('link', { name: messages.ticket.next }));
    await next.first().click();
    await phone.getByText(/Offline, as of/).waitFor();
  });

  it('says plainly what it cannot do: a ticket it never saw, and activating', async () => {
    const phone = await visitors.arrive();
    const { ticketId, path } = await openLiveTicket(phone);
    await keptForOffline(phone, ticketId);
    await phone.context().setOffline(true);
    await phone.goto(path);
    await pressable(phone, words.offer.action).click();
    await phone.getByText(words.problem.unreachable).waitFor();
    await phone.goto(pathTo('ticket', { orderId: 'ord_weur1_0000000000', ticketId: 'tkt_0000000000000' }));
    await phone.getByText(words.offline.unknownTicket).waitFor();
    expect(await phone.getByRole('link', { name: words.offline.all }).getAttribute('href')).toBe(pathTo('wallet'));
  });

  it('is a matter of the network alone: back on it, the page is the server’s again', async () => {
    const phone = await visitors.arrive();
    const { ticketId } = await openLiveTicket(phone);
    await phone.goto(pathTo('wallet'));
    await keptForOffline(phone, ticketId);
    await phone.context().setOffline(true);
    await phone.goto(pathTo('wallet'));
    await phone.getByText(/Offline, as of/).waitFor();
    await phone.context().setOffline(false);
    await phone.getByRole('heading', { level: 2, name: messages.ticket.wallet.today, exact: true }).waitFor();
    expect(await phone.getByText(/Offline, as of/).count()).toBe(0);
  });
});

describe('what is kept', () => {
  it('goes when somebody signs out, keys and all, in whatever tab', async () => {
    const phone = await visitors.arrive();
    await signInQuickly(phone, 'per_demo_customer');
    const { ticketId, path } = await openLiveTicket(phone);
    await activateHere(phone);
    await phone.reload();
    await keptForOffline(phone, ticketId);
    expect(await remainsOf(phone)).toMatchObject({ holders: 1 });
    const otherTab = await phone.context().newPage();
    await otherTab.goto(path);
    await readLive(otherTab);
    await phone.getByRole('button', { name: messages.site.signOut }).click();
    await phone.waitForURL((url) => url.pathname === '/');
    // The guest's cookie still opens the order; its page knows whose key is gone.
    await otherTab.getByRole('heading', { name: words.lost.title }).waitFor();
    expect(await remainsOf(phone)).toMatchObject({ holders: 0 });
  });

  it('is no page: nothing of anybody or of an earlier build is in a cache, and other pages pass by', async () => {
    const phone = await visitors.arrive();
    await phone.goto(pathTo('home'));
    // Left by a build of before.
    const stale = `caches.open('wallet-before').then((cache) => cache.put('/wallet/offline', new Response('old')))`;
    await phone.evaluate(stale);
    const { ticketId } = await openLiveTicket(phone);
    await keptForOffline(phone, ticketId);
    expect(await phone.evaluate('caches.keys()')).toEqual([expect.stringMatching(/^wallet-[\da-f]{12}$/)]);
    await phone.goto(pathTo('wallet'));
    await phone.goto(pathTo('home'));
    const kept = await phone.evaluate<string[]>(`(async () => {
      const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    })()`);
    expect(kept).toContain(pathTo('walletOffline'));
    const others = kept.filter((path) => path !== pathTo('walletOffline') && !/^\/(?:assets|icons)\//.test(path));
    expect(others).toEqual([]);
    await phone.context().setOffline(true);
    await expect(phone.goto(pathTo('home'))).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
  });
});

it('can be installed: a manifest with a name, a start and icons that load', async () => {
  const phone = await visitors.arrive();
  await phone.goto(pathTo('wallet'));
  const href = await phone.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await phone.evaluate<{ start_url: string; icons: { src: string }[] }>(
    `fetch(${JSON.stringify(href)}).then((response) => response.json())`,
  );
  expect(manifest).toMatchObject({ display: 'standalone', start_url: pathTo('wallet'), name: words.app.name });
  for (const { src } of manifest.icons) {
    const icon = await phone.request.get(src);
    expect([icon.status(), icon.headers()['content-type']]).toEqual([200, 'image/png']);
  }
});
