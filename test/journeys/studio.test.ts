import { AxeBuilder } from '@axe-core/playwright';
import { request } from 'node:http';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { screens, useVisitors, type VisitorOptions } from '#test/support/journey-browser.ts';
import { laneGate, openGate, scan, steward as kit, ticketInHand } from '#test/support/journey-gate.ts';
import { readQr } from '#test/support/journey-qr.ts';
import { book, bookByApi, newPerson, openDays, signInQuickly } from '#test/support/journey-steps.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.studio;
const owner = 'per_demo_owner';
const customer = 'per_demo_customer';
const event = { slug: openDays.slug } as const;
const poster = { code: 'yard-wall', label: 'Poster on the yard wall' } as const;
const soldEntry = `type/${openDays.entryId}/sold`;

/** What an organiser on the sofa is promised: a sale or a scan is on the screen before they could ask about it. */
const shownWithin = { timeout: 2_000, interval: 50 };
const cleared = { timeout: 15_000, interval: 100 };

const visitors = useVisitors();

async function arriveAs(personId: string, path: string, options: VisitorOptions = {}): Promise<Page> {
  const page = await visitors.arrive({ screen: 'desktop', ...options });
  await signInQuickly(page, personId);
  await page.goto(path);
  return page;
}

async function openBoard(): Promise<Page> {
  const page = await arriveAs(owner, pathTo('studioLive', event));
  await page.locator('[data-signal=live]').waitFor();
  return page;
}

async function figure(page: Page, name: string): Promise<number> {
  const text = await page.locator(`[data-figure="${name}"]`).textContent();
  return Number((text ?? '').replaceAll(',', ''));
}

/** Told apart from a reload by a mark that a new document would not have. */
async function withoutReload(page: Page, work: () => Promise<void>): Promise<void> {
  await page.evaluate('globalThis.isSameDocument = true');
  await work();
  expect(await page.evaluate('globalThis.isSameDocument')).toBe(true);
}

describe('the live board', () => {
  it('shows a sale within two seconds, and under the poster that brought it', async () => {
    const board = await openBoard();
    const before = { entry: await figure(board, soldEntry), all: await figure(board, 'all/sold') };
    const viaBefore = await figure(board, `link/${poster.code}/sold`);
    await withoutReload(board, async () => {
      const passerBy = await visitors.arrive();
      await passerBy.goto(pathTo('goLink', poster));
      await book(passerBy, newPerson(), { type: openDays.entry, quantity: 2 });
      await expect.poll(() => figure(board, soldEntry), shownWithin).toBe(before.entry + 2);
      expect(await figure(board, 'all/sold')).toBe(before.all + 2);
      expect(await figure(board, `link/${poster.code}/sold`)).toBe(viaBefore + 2);
    });
    const row = board.getByRole('row', { name: poster.label });
    expect(await row.getByRole('cell').textContent()).toBe(String(viaBefore + 2));
  });

  it('shows an admission within two seconds: in all, at its gate, by its type and among the arrivals', async () => {
    const { code } = await ticketInHand(await visitors.arrive());
    const steward = await arriveAs(kit.id, pathTo('gate'));
    await openGate(steward, laneGate.id);
    const board = await openBoard();
    const names = ['all/admitted', `gate/${laneGate.id}/admitted`, `type/${openDays.entryId}/admitted`];
    const before = await Promise.all(names.map((name) => figure(board, name)));
    await withoutReload(board, async () => {
      expect(await scan(steward, code)).toMatchObject({ outcome: 'grant' });
      await expect.poll(() => figure(board, 'all/admitted'), shownWithin).toBe((before[0] ?? 0) + 1);
    });
    expect(await Promise.all(names.map((name) => figure(board, name)))).toEqual(before.map((count) => count + 1));
    expect(await figure(board, 'per-minute')).toBeGreaterThan(0);
    await board.getByText(words.live.arrivalsTable).click();
    expect(await board.locator('[data-minutes] tr').count()).toBeGreaterThan(0);

    const refusedBefore = await figure(board, `gate/${laneGate.id}/refused`);
    expect(await scan(steward, code)).toMatchObject({ outcome: 'refuse' });
    await expect.poll(() => figure(board, `gate/${laneGate.id}/refused`), shownWithin).toBe(refusedBefore + 1);
  });

  it('says that it is behind when it is cut off, and catches up when it is back', async () => {
    const board = await openBoard();
    const before = await figure(board, soldEntry);
    await withoutReload(board, async () => {
      await board.context().setOffline(true);
      await board.getByText(words.live.signal.reconnecting).waitFor();
      await bookByApi(await visitors.arrive());
      await board.getByText(/^Behind by \d+ s$/).waitFor();
      expect(await figure(board, soldEntry)).toBe(before);

      await board.context().setOffline(false);
      await expect.poll(() => figure(board, soldEntry), cleared).toBe(before + 1);
      await board.locator('[data-signal=live]').waitFor();
      expect(await board.getByText(/^Behind by/).count()).toBe(0);
    });
  });

  it('believes neither a socket that is silent nor a snapshot older than its own', async () => {
    const board = await arriveAs(owner, pathTo('home'));
    const line = await tap(board);
    await board.clock.install();
    await board.goto(pathTo('studioLive', event));
    await board.locator('[data-signal=live]').waitFor();
    const before = await figure(board, soldEntry);
    await bookByApi(await visitors.arrive());
    await expect.poll(() => figure(board, soldEntry), cleared).toBe(before + 1);
    line.repeatFirst();
    await board.clock.runFor(1_000);
    expect(await figure(board, soldEntry)).toBe(before + 1);

    line.mute(true);
    await board.clock.runFor(20_000);
    await board.locator('[data-signal=behind], [data-signal=reconnecting]').waitFor();
    await board.getByText(/Behind by \d+ s/).waitFor();
    line.mute(false);
    // The network takes its own time, which the page's clock does not know of: so both go on together.
    const isLive = async () => {
      await board.clock.runFor(5_000);
      return board.locator('[data-signal=live]').isVisible();
    };
    await expect.poll(isLive, cleared).toBe(true);
  });

  it('grows a row for a way in that was made after it was opened', async () => {
    const board = await openBoard();
    const label = `Card in the bakery ${crypto.randomUUID().slice(0, 8)}`;
    const link = await makeLink(await arriveAs(owner, pathTo('studioLinks', event)), label);
    const address = await readQr(link.getByRole('img', { name: words.links.qr(label) }));
    await withoutReload(board, async () => {
      const passerBy = await visitors.arrive();
      await passerBy.goto(address);
      await book(passerBy, newPerson());
      const row = board.getByRole('row', { name: label });
      await row.waitFor();
      expect(await row.getByRole('cell').textContent()).toBe('1');
    });
  });

  it('is whole without JavaScript, and says when its numbers were taken', async () => {
    await bookByApi(await visitors.arrive());
    const board = await arriveAs(owner, pathTo('studioLive', event), { javaScript: false });
    const before = await figure(board, soldEntry);
    expect(before).toBeGreaterThan(0);
    expect(await board.locator('[data-figure=taken]').textContent()).toMatch(/\d\d:\d\d:\d\d/);
    await bookByApi(await visitors.arrive());
    await board.getByRole('link', { name: words.live.reload }).click();
    expect(await figure(board, soldEntry)).toBe(before + 1);
  });
});

describe('who may watch', () => {
  it('turns customers away from every page of the studio', async () => {
    const page = await arriveAs(customer, pathTo('home'));
    for (const path of [pathTo('studio'), pathTo('studioLive', event), pathTo('studioLinks', event)]) {
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(403);
    }
  });

  it('opens the socket to organisers, from our own pages, and to nobody else', async () => {
    const ours = inject('serverUrl');
    expect(await knock(await arriveAs(owner, pathTo('home')), ours)).toBe(101);
    expect(await knock(await arriveAs(owner, pathTo('home')), 'https://elsewhere.example')).toBe(403);
    expect(await knock(await arriveAs(owner, pathTo('home')), undefined)).toBe(403);
    expect(await knock(await arriveAs(customer, pathTo('home')), ours)).toBe(403);
    expect(await knock(await arriveAs(kit.id, pathTo('home')), ours)).toBe(403);
    expect(await knock(await visitors.arrive(), ours)).toBe(401);
  });
});

describe('ways in', () => {
  it('makes a link whose QR code leads to the event', async () => {
    const page = await arriveAs(owner, pathTo('studio'));
    const pages = page.getByRole('navigation', { name: words.pagesOf('Open Days at Lantern Yard') });
    await pages.getByRole('link', { name: words.links.link }).click();
    const label = `Poster, bus stop ${crypto.randomUUID().slice(0, 8)}`;
    const link = await makeLink(page, label);
    expect(await link.getByText(words.links.channels.booth).isVisible()).toBe(true);

    const scanned = await readQr(link.getByRole('img', { name: words.links.qr(label) }));
    const passerBy = await visitors.arrive();
    await passerBy.goto(scanned);
    expect(new URL(passerBy.url()).pathname).toBe(pathTo('event', event));
    await expect
      .poll(async () => {
        await page.reload();
        return link.getByRole('definition').first().textContent();
      }, cleared)
      .toBe('1');
  });

  it('says what is wrong with a link it cannot make, and keeps what was chosen', async () => {
    const page = await arriveAs(owner, pathTo('studioLinks', event));
    await page.getByLabel(words.links.label).fill('   ');
    await page.getByLabel(words.links.channel).selectOption({ label: words.links.channels.influencer });
    await page.getByRole('button', { name: words.links.submit }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByText(words.links.labelError).isVisible()).toBe(true);
    expect(await page.getByLabel(words.links.channel).inputValue()).toBe('influencer');
  });

  it('prints the chosen poster alone', async () => {
    const page = await arriveAs(owner, `${pathTo('studioLinks', event)}#way-${poster.code}`);
    await page.emulateMedia({ media: 'print' });
    const printed = page.locator('.poster:visible');
    expect(await printed.count()).toBe(1);
    expect(await printed.textContent()).toContain(words.links.scan);
    expect(await readQr(page.getByRole('img', { name: words.links.qr(poster.label) }))).toMatch(/\/go\/yard-wall$/);
  });
});

// PRD 18: WCAG 2.2 AA.
it.each([
  ['the list of events', pathTo('studio')],
  ['the live board', pathTo('studioLive', event)],
  ['the ways in', pathTo('studioLinks', event)],
])('%s is accessible and fits the screen', async (_name, path) => {
  const page = await arriveAs(owner, path);
  for (const screen of ['phone', 'tablet', 'desktop'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(screens[screen]);
      await page.emulateMedia({ colorScheme });
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow, `${screen}, ${colorScheme}`).toBeLessThanOrEqual(0);
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      const found = await new AxeBuilder({ page }).withTags(tags).setLegacyMode(true).analyze();
      const told = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect(told, `${screen}, ${colorScheme}`).toEqual([]);
    }
  }
});

async function makeLink(page: Page, label: string) {
  await page.getByLabel(words.links.label).fill(label);
  await page.getByLabel(words.links.channel).selectOption({ label: words.links.channels.booth });
  await page.getByRole('button', { name: words.links.submit }).click();
  const link = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: label }) });
  await link.waitFor();
  return link;
}

/** Sits on the wire between the board and its server: can fall silent, and say again what was said first. */
async function tap(page: Page) {
  const said: string[] = [];
  let isMute = false;
  let repeatFirst = (): void => expect.fail('The board has not opened its socket');
  await page.routeWebSocket(/live\/socket$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (!isMute) server.send(message);
    });
    server.onMessage((message) => {
      if (message !== 'pong') said.push(String(message));
      if (!isMute) socket.send(message);
    });
    repeatFirst = () => socket.send(said[0] ?? '');
  });
  return { mute: (wanted: boolean) => void (isMute = wanted), repeatFirst: () => repeatFirst() };
}

/** Asks for the socket as a page of `origin` would in this visitor's browser. Answers the status. */
async function knock(page: Page, origin: string | undefined): Promise<number> {
  const server = inject('serverUrl');
  const cookie = (await page.context().cookies(server)).map(({ name, value }) => `${name}=${value}`).join('; ');
  const headers: Record<string, string> = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...(cookie === '' ? {} : { cookie }),
    ...(origin === undefined ? {} : { origin }),
  };
  return new Promise((answered, failed) => {
    const asked = request(`${server}${pathTo('studioLiveSocket', event)}`, { headers });
    asked.on('upgrade', ({ statusCode }, socket) => {
      socket.destroy();
      answered(statusCode ?? 0);
    });
    asked.on('response', (response) => {
      response.resume();
      answered(response.statusCode ?? 0);
    });
    asked.on('error', failed);
    asked.end();
  });
}
